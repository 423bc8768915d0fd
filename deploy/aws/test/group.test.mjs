// The mapping template of service.yaml: what SQS is sent for what Mackerel posts.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { render } from 'velocityjs';

const HERE = new URL('.', import.meta.url);
const template = readFileSync(new URL('../service.yaml', HERE), 'utf8')
  .match(/application\/json: !Join\n\s+- ''\n((?:\s+(?:- )?- '.*'\n)+)/)[1]
  .trim()
  .split('\n')
  .map((line) => line.match(/- '(.*)'$/)[1].replaceAll("''", "'"))
  .join('');

/** What of Java's String the template calls. */
class JavaString {
  constructor(text) {
    this.text = text;
  }

  length() {
    return this.text.length;
  }

  substring(from, to) {
    return new JavaString(this.text.substring(from, to));
  }

  toString() {
    return this.text;
  }
}

/** As Java's URLEncoder does it. */
const urlEncode = (text) =>
  new JavaString(
    encodeURIComponent(`${text}`)
      .replaceAll('%20', '+')
      .replace(/[!'()~]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`),
  );

function sent(body) {
  const path = (wanted) => wanted.split('.').slice(1).reduce((found, name) => found?.[name], JSON.parse(body)) ?? undefined;
  const form = render(template, { input: { body, path }, util: { urlEncode } });
  assert.equal(form, form.trim());
  return Object.fromEntries(new URLSearchParams(form));
}

const group = (post) => sent(JSON.stringify(post)).MessageGroupId;
const fixture = (name) => readFileSync(new URL(`../../../src/test/resources/mackerel/${name}`, HERE), 'utf8');

test('a post arrives as it is, whatever it holds', () => {
  const body = '{"event":"alert", "memo":"A&B=100% + \\"ディスク\\"\\n$input.body #set"}';
  assert.equal(sent(body).MessageBody, body);
  assert.equal(sent(body).Action, 'SendMessage');
});

test('what happens to one alert is one group', () => {
  assert.equal(sent(fixture('host-critical.json')).MessageGroupId, '2bj7ZsQ4bYh');
  assert.equal(group({ alert: { id: 'A' }, host: { id: 'H' } }), 'A');
});

test('a group of alerts, a host and a monitor have one each', () => {
  assert.equal(sent(fixture('alert-group-warning.json')).MessageGroupId, '2bjALpS6kZt');
  assert.equal(sent(fixture('host-register.json')).MessageGroupId, '3gHTn4Yc6Jb');
  assert.equal(sent(fixture('monitor-create.json')).MessageGroupId, '2bjAVwK8cDf');
});

test('an alert without an id goes with its host', () => {
  assert.equal(group({ alert: { status: 'critical' }, host: { id: 'H' } }), 'H');
});

test('all that has no id is one group', () => {
  assert.equal(sent(fixture('sample.json')).MessageGroupId, 'other');
  for (const post of [{}, { alert: { id: null } }, { alert: { id: '' } }, { alert: null, host: {} }]) {
    assert.equal(group(post), 'other');
  }
});

test('an id of any characters and any length makes a group that SQS takes', () => {
  for (const id of ['a b&c=d', 'アラート', '\n\t"', '$x#y', 'x'.repeat(1000), 'あ'.repeat(100), 12345]) {
    assert.match(group({ alert: { id } }), /^[\x21-\x7e]{1,128}$/);
  }
});
