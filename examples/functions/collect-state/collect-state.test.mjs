import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allowedIn, calledIn, commands, eventOf, failure, fakeClient } from '../fake-client.mjs';
import { COMMANDS, NOTE_LIMIT, TIME_LIMIT, makeHandler } from './index.mjs';

const online = (...ids) => ({
  InstanceInformationList: ids.map((InstanceId) => ({ InstanceId, PingStatus: 'Online' })),
});
const ended = (StandardOutputContent, changes) => ({
  Status: 'Success', StandardOutputContent, StandardErrorContent: '', ...changes,
});
const aws = (changes) => fakeClient({
  DescribeInstanceInformation: online('i-0web1'),
  SendCommand: { Command: { CommandId: 'c-1' } },
  GetCommandInvocation: ended('load average: 9.87\n'),
  ...changes,
});

/** Time goes on only while it is slept. */
function fakeClock() {
  const clock = { time: 1_000_000, now: () => clock.time, sleep: async (millis) => void (clock.time += millis) };
  return clock;
}

const handle = (client, event, clock = fakeClock()) => makeHandler(client, commands, clock)(event);

test('answers what the commands printed', async () => {
  const client = aws();
  const { note } = await handle(client, eventOf('host-critical'));
  assert.match(note, /^State of web1 \(i-0web1\), commands: Success\nload average: 9\.87\n$/);
  assert.deepEqual(client.inputOf('GetCommandInvocation'), { CommandId: 'c-1', InstanceId: 'i-0web1' });
});

test('finds the instance by its tag Name, whatever page it is on', async () => {
  const client = aws({
    DescribeInstanceInformation: [{ NextToken: 'more' }, online('i-0web1')],
  });
  await handle(client, eventOf('host-critical'));
  assert.deepEqual(client.sent.slice(0, 2).map(({ input }) => input), [
    { Filters: [{ Key: 'tag:Name', Values: ['web1'] }], NextToken: undefined },
    { Filters: [{ Key: 'tag:Name', Values: ['web1'] }], NextToken: 'more' },
  ]);
  assert.deepEqual(client.inputOf('SendCommand').InstanceIds, ['i-0web1']);
});

test('sends the fixed commands, and no word of the event', async () => {
  const hostile = (value) => {
    if (value && typeof value === 'object') {
      return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, hostile(each)]));
    }
    return typeof value === 'string' ? '$(reboot)' : value;
  };
  const { notification } = eventOf('host-critical');
  const client = aws();
  await handle(client, eventOf('host-critical', { id: '$(reboot)', notification: hostile(notification) }));
  assert.deepEqual(client.inputOf('SendCommand'), {
    DocumentName: 'AWS-RunShellScript',
    InstanceIds: ['i-0web1'],
    Parameters: { commands: COMMANDS, executionTimeout: ['15'] },
    TimeoutSeconds: 30,
  });
});

test('the fixed commands write nothing, and none can hang', () => {
  const [first, ...others] = COMMANDS;
  assert.equal(first, 'export LC_ALL=C');
  for (const command of others) {
    assert.match(command, /^echo; echo '\$ ([^']+)'; timeout 2 sh -c '\1'$/);
    assert.doesNotMatch(command, />|\b(rm|mv|kill|tee|dd|reboot|restart|stop|start)\b/);
  }
});

test('waits for an invocation that is not there yet, and for one that still runs', async () => {
  const client = aws({
    GetCommandInvocation: [
      failure('InvocationDoesNotExist'), { Status: 'Pending' }, { Status: 'InProgress' }, { Status: 'Delayed' }, ended('up\n'),
    ],
  });
  const { note } = await handle(client, eventOf('host-critical'));
  assert.match(note, /up\n$/);
  assert.equal(client.names().filter((name) => name === 'GetCommandInvocation').length, 5);
});

test('gives up in time, which is less than 20 seconds', async () => {
  assert.ok(TIME_LIMIT < 20_000);
  const clock = fakeClock();
  const begun = clock.time;
  const { note } = await handle(aws({ GetCommandInvocation: { Status: 'InProgress' } }), eventOf('host-critical'), clock);
  assert.equal(note, 'The state of web1 (i-0web1) was not collected: it did not answer within 15 s.');
  assert.ok(clock.time - begun <= TIME_LIMIT);
});

test('shows what a command that failed said', async () => {
  const client = aws({ GetCommandInvocation: ended('a\n', { Status: 'Failed', StandardErrorContent: 'sh: no free\n' }) });
  const { note } = await handle(client, eventOf('host-critical'));
  assert.match(note, /commands: Failed\na\nsh: no free\n$/);
});

test('throws what else goes wrong', async () => {
  const client = aws({ GetCommandInvocation: failure('AccessDeniedException') });
  await assert.rejects(handle(client, eventOf('host-critical')), { name: 'AccessDeniedException' });
});

for (const [what, list] of [
  ['is not known', online()],
  ['is off line', { InstanceInformationList: [{ InstanceId: 'i-0web1', PingStatus: 'ConnectionLost' }] }],
  ['is not the only one of that name', online('i-0web1', 'i-0other')],
]) {
  test(`runs nothing where the instance ${what}, and says so`, async () => {
    const client = aws({ DescribeInstanceInformation: list });
    const { note } = await handle(client, eventOf('host-critical'));
    assert.match(note, /^The state of web1 was not collected: [02] instances .* tag Name = web1\.$/);
    assert.deepEqual(client.names(), ['DescribeInstanceInformation']);
  });
}

test('an instance that is off line does not stand in the way of one that is on line', async () => {
  const list = online('i-0web1');
  list.InstanceInformationList.unshift({ InstanceId: 'i-0gone', PingStatus: 'ConnectionLost' });
  const client = aws({ DescribeInstanceInformation: list });
  await handle(client, eventOf('host-critical'));
  assert.deepEqual(client.inputOf('SendCommand').InstanceIds, ['i-0web1']);
});

test('keeps a note of 8 KB whole, and cuts a longer one between two characters', async () => {
  assert.equal(NOTE_LIMIT, 8192);
  const head = 'State of web1 (i-0web1), commands: Success\n';
  const room = NOTE_LIMIT - head.length;
  const noteOf = async (text) => (await handle(aws({ GetCommandInvocation: ended(text) }), eventOf('host-critical'))).note;

  assert.equal(await noteOf('x'.repeat(room)), head + 'x'.repeat(room));
  for (const shift of ['', 'x', 'xx']) {
    const note = await noteOf(shift + '障'.repeat(room));
    assert.ok(Buffer.byteLength(note) <= NOTE_LIMIT && Buffer.byteLength(note) > NOTE_LIMIT - 3, `${Buffer.byteLength(note)} bytes`);
    assert.match(note, /障\n\(cut\)$/);
    assert.doesNotMatch(note, /\ufffd/);
  }
});

for (const action of ['create', 'reopen', 'join']) {
  test(`collects after ${action}`, async () => {
    assert.match((await handle(aws(), eventOf('host-critical', { action }))).note, /^State of web1/);
  });
}

for (const action of ['note', 'close', 'count', 'nothing', 'attach']) {
  test(`does nothing after ${action}`, async () => {
    assert.deepEqual(await handle(fakeClient({}), eventOf('host-critical', { action })), {});
  });
}

for (const fixture of ['service-critical', 'external-critical', 'alert-group-warning', 'host-register', 'sample']) {
  test(`does nothing where there is no alert of a host: ${fixture}`, async () => {
    assert.deepEqual(await handle(fakeClient({}), eventOf(fixture)), {});
  });
}

test('the policy allows what is called, and nothing else', () => {
  assert.deepEqual(allowedIn('collect-state'), calledIn('collect-state', 'ssm'));
});
