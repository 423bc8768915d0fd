import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allowedIn, calledIn, commands, eventOf, failure, fakeClient } from '../fake-client.mjs';
import { makeHandler } from './index.mjs';

const TOPIC = 'arn:aws:sns:ap-northeast-1:123456789012:on-call';

async function published(event, TOPIC_ARN = TOPIC) {
  const client = fakeClient({ Publish: { MessageId: 'm-1' } });
  assert.deepEqual(await makeHandler(client, commands, { TOPIC_ARN })(event), {});
  assert.deepEqual(client.names(), ['Publish']);
  return client.inputOf('Publish');
}

function monitorNamed(monitorName) {
  const event = eventOf('host-critical');
  event.notification.alert.monitorName = monitorName;
  return event;
}

test('publishes ticket, host, monitor and status, and answers nothing', async () => {
  assert.deepEqual(await published(eventOf('host-critical')), {
    TopicArn: TOPIC,
    Subject: '#42 critical web1 CPU %',
    Message: [
      'Ticket: #42 (create)',
      'URL: https://redmine.example.jp/issues/42',
      'Status: critical',
      'Host: web1',
      'Monitor: CPU %',
      'Alert: https://mackerel.io/orgs/example/alerts/2bj7ZsQ4bYh',
      '',
    ].join('\n'),
  });
});

test('names the service of an alert without a host', async () => {
  const { Subject, Message } = await published(eventOf('service-critical'));
  assert.equal(Subject, '#42 critical Shop Orders waiting');
  assert.match(Message, /^Service: Shop$/m);
  assert.doesNotMatch(Message, /Host|undefined/);
});

test('names neither where there is neither', async () => {
  const { Subject, Message } = await published(eventOf('external-critical'));
  assert.equal(Subject, '#42 critical https://www.example.com/');
  assert.doesNotMatch(Message, /Host|Service|undefined/);
});

test('takes the name and status of a group of alerts', async () => {
  const { Subject, Message } = await published(eventOf('alert-group-warning'));
  assert.equal(Subject, '#42 WARNING Everything of the shop');
  assert.match(Message, /^Alert: https:\/\/mackerel\.io\/orgs\/example\/alert-groups\/2bjALpS6kZt$/m);
});

test('publishes the ticket alone where the notification says nothing', async () => {
  const { Subject, Message } = await published(eventOf('sample'));
  assert.equal(Subject, '#42');
  assert.equal(Message, 'Ticket: #42 (create)\nURL: https://redmine.example.jp/issues/42\n');
});

test('says what was done to the ticket', async () => {
  assert.match((await published(eventOf('host-ok', { action: 'close' }))).Message, /^Ticket: #42 \(close\)$/m);
});

test('gives a FIFO topic one id for one change, and the order of each ticket', async () => {
  const first = await published(eventOf('host-critical'), `${TOPIC}.fifo`);
  const again = await published(eventOf('host-critical'), `${TOPIC}.fifo`);
  const next = await published(eventOf('host-critical', { id: 'example/2bj7ZsQ4bYh:note:4' }), `${TOPIC}.fifo`);
  assert.equal(first.MessageDeduplicationId, again.MessageDeduplicationId);
  assert.notEqual(first.MessageDeduplicationId, next.MessageDeduplicationId);
  assert.equal(first.MessageGroupId, '42');
});

test('makes an id that SNS takes of one that it does not take', async () => {
  const { MessageDeduplicationId } = await published(eventOf('host-critical', { id: '障害 '.repeat(99) }), `${TOPIC}.fifo`);
  assert.match(MessageDeduplicationId, /^[\w-]{1,128}$/);
});

test('gives these to no other topic, which would refuse them', async () => {
  const input = await published(eventOf('host-critical'));
  assert.ok(!('MessageDeduplicationId' in input) && !('MessageGroupId' in input));
});

test('keeps Japanese in the subject', async () => {
  assert.equal((await published(eventOf('emoji-japanese'))).Subject, '#42 critical 受付サーバー１ 決済ログ監視 🚨');
});

test('a name with line breaks makes neither a second line of the subject nor a line of its own in the text', async () => {
  const { Subject, Message } = await published(monitorNamed('CPU\r\nStatus: ok\u2028\u0007x'));
  assert.equal(Subject, '#42 critical web1 CPU Status: ok x');
  assert.doesNotMatch(Message, /^Status: ok/m);
});

for (const shift of ['', 'x']) {
  test(`cuts the subject below 100 characters, and none in two${shift && ', one further'}`, async () => {
    const { Subject } = await published(monitorNamed(shift + '🔥'.repeat(99)));
    assert.ok(Subject.length === 99 || Subject.length === 98, `${Subject.length} characters`);
    assert.ok(Subject.isWellFormed());
    assert.match(Subject, /🔥$/u);
  });
}

test('replaces half a character', async () => {
  const { Subject, Message } = await published(eventOf('lone-surrogate'));
  assert.equal(Subject, '#42 critical web1 log \ufffd of the shop');
  assert.ok(Message.isWellFormed());
});

test('throws what goes wrong', async () => {
  const client = fakeClient({ Publish: failure('AuthorizationError') });
  await assert.rejects(makeHandler(client, commands, { TOPIC_ARN: TOPIC })(eventOf('host-critical')), { name: 'AuthorizationError' });
});

test('names the setting that is not there', async () => {
  await assert.rejects(makeHandler(fakeClient({}), commands, {})(eventOf('host-critical')), /TOPIC_ARN is not set/);
});

test('the policy allows what is called, and nothing else', () => {
  assert.deepEqual(allowedIn('escalate'), calledIn('escalate', 'sns'));
});
