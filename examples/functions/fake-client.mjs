// What the tests use in place of AWS: a client that keeps what it is sent and gives the answers that the test set.
import { readFileSync } from 'node:fs';

/** Has every command of the SDK that anybody asks for, as the SDK's own module has it. */
export const commands = new Proxy({}, {
  get: (_, name) => class {
    constructor(input) {
      this.name = name.replace(/Command$/, '');
      this.input = input;
    }
  },
});

/**
 * An answer is a value, an error, which is thrown, or a list of these, of which the last is given for ever.
 * A command without an answer fails the test.
 */
export function fakeClient(answers) {
  const sent = [];
  const left = Object.fromEntries(Object.entries(answers).map(([name, answer]) => [name, [answer].flat()]));
  return {
    sent,
    names: () => sent.map(({ name }) => name),
    inputOf: (wanted) => sent.find(({ name }) => name === wanted)?.input,
    async send({ name, input }) {
      sent.push({ name, input });
      if (!(name in left)) {
        throw new Error(`${name} was not to be sent`);
      }
      const answer = left[name].length > 1 ? left[name].shift() : left[name][0];
      if (answer instanceof Error) {
        throw answer;
      }
      return answer;
    },
  };
}

/** An error as the SDK throws it: its name says what it is. */
export const failure = (name) => Object.assign(new Error(name), { name });

/** What the product sends: a notification of src/test/resources/mackerel, and what was done for it. */
export function eventOf(fixture, changes = {}) {
  return {
    id: 'example/2bj7ZsQ4bYh:create:3',
    action: 'create',
    ticket: { number: 42, url: 'https://redmine.example.jp/issues/42' },
    notification: JSON.parse(read(`../../src/test/resources/mackerel/${fixture}.json`)),
    ...changes,
  };
}

/** The actions that a function's policy allows. */
export const allowedIn = (folder) =>
  [...new Set(JSON.parse(read(`${folder}/policy.json`)).Statement.flatMap(({ Action }) => Action))].sort();

/** The actions that a function's code calls, with the prefix of their service. */
export const calledIn = (folder, service) =>
  [...new Set(read(`${folder}/index.mjs`).match(/(?<=new commands\.)\w+(?=Command\()/g))]
    .map((name) => `${service}:${name}`)
    .sort();

const read = (path) => readFileSync(new URL(path, import.meta.url), 'utf8');
