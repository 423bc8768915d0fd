// Runs a few read-only commands on the alert's host, and answers what they print as the note for its ticket.
// The notification chooses the instance, by its tag Name, and nothing else: no word of it gets near a shell.
import { setTimeout as sleep } from 'node:timers/promises';

/** After the others, the ticket has the state already. */
const ACTIONS = new Set(['create', 'reopen', 'join']);

/** Names of programs only, because their arguments may hold passwords. */
const SHOWN = [
  'uptime',
  'free -m',
  'df -hlP',
  'ps -eo pid,user,pcpu,pmem,etime,comm --sort=-pcpu | head -n 12',
  'systemctl --failed --plain --no-legend --no-pager',
];

/** All that ever runs. Each has two seconds, because a host in trouble may hang. */
export const COMMANDS = [
  'export LC_ALL=C',
  ...SHOWN.map((command) => `echo; echo '$ ${command}'; timeout 2 sh -c '${command}'`),
];

/** From the invocation to the answer, in milliseconds. The function's own time-out has to be longer. */
export const TIME_LIMIT = 15_000;
const LOOK_EVERY = 1_000;

/** The whole note, in bytes. */
export const NOTE_LIMIT = 8 * 1024;
const CUT = '\n(cut)';

const UNFINISHED = new Set(['Pending', 'InProgress', 'Delayed', 'Cancelling']);

/** A failure of AWS is thrown. The note says that the host cannot be asked. */
export function makeHandler(client, commands, clock = { now: Date.now, sleep }) {
  return async ({ action, notification }) => {
    const host = notification.host?.name;
    if (!host || !notification.alert || !ACTIONS.has(action)) {
      return {};
    }
    const deadline = clock.now() + TIME_LIMIT;
    const instances = await onlineInstances(host);
    if (instances.length !== 1) {
      return note(`The state of ${host} was not collected: ${instances.length} instances that are online in Systems Manager `
        + `have the tag Name = ${host}.`);
    }
    const [instance] = instances;
    const invocation = await run(instance, deadline);
    if (!invocation) {
      return note(`The state of ${host} (${instance}) was not collected: it did not answer within ${TIME_LIMIT / 1000} s.`);
    }
    return note(`State of ${host} (${instance}), commands: ${invocation.Status}\n`
      + `${invocation.StandardOutputContent ?? ''}${invocation.StandardErrorContent ?? ''}`);
  };

  /** A filter by tag takes no second filter, so what is online is sorted out here. */
  async function onlineInstances(name) {
    const found = [];
    let NextToken;
    do {
      const page = await client.send(new commands.DescribeInstanceInformationCommand({
        Filters: [{ Key: 'tag:Name', Values: [name] }],
        NextToken,
      }));
      found.push(...page.InstanceInformationList ?? []);
      NextToken = page.NextToken;
    } while (NextToken);
    return found.filter(({ PingStatus }) => PingStatus === 'Online').map(({ InstanceId }) => InstanceId);
  }

  /** Undefined where it has not ended at the deadline. */
  async function run(InstanceId, deadline) {
    const { Command: { CommandId } } = await client.send(new commands.SendCommandCommand({
      DocumentName: 'AWS-RunShellScript',
      InstanceIds: [InstanceId],
      Parameters: { commands: COMMANDS, executionTimeout: ['15'] },
      TimeoutSeconds: 30,
    }));
    while (clock.now() + LOOK_EVERY <= deadline) {
      await clock.sleep(LOOK_EVERY);
      const invocation = await invocationOf(CommandId, InstanceId);
      if (!UNFINISHED.has(invocation.Status)) {
        return invocation;
      }
    }
    return undefined;
  }

  /** An invocation is not there at once after the command was sent. */
  async function invocationOf(CommandId, InstanceId) {
    try {
      return await client.send(new commands.GetCommandInvocationCommand({ CommandId, InstanceId }));
    } catch (problem) {
      if (problem.name === 'InvocationDoesNotExist') {
        return { Status: 'Pending' };
      }
      throw problem;
    }
  }
}

/** Cut between characters, not within one. */
function note(text) {
  const bytes = Buffer.from(text);
  if (bytes.length <= NOTE_LIMIT) {
    return { note: text };
  }
  const kept = bytes.subarray(0, NOTE_LIMIT - CUT.length);
  return { note: new TextDecoder().decode(kept, { stream: true }) + CUT };
}

let ready;

/** The SDK is in Lambda's runtime. */
export async function handler(event) {
  ready ??= import('@aws-sdk/client-ssm').then((sdk) => makeHandler(new sdk.SSMClient({}), sdk));
  return (await ready)(event);
}
