import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allowedIn, calledIn, commands, eventOf, failure, fakeClient } from '../fake-client.mjs';
import { makeHandler } from './index.mjs';

const instances = (count, changes) => Array.from({ length: count }, () => ({ LifecycleState: 'InService', ...changes }));
const group = (changes) => ({
  AutoScalingGroups: [{ DesiredCapacity: 2, MaxSize: 4, Instances: instances(2), ...changes }],
});
const activities = (...codes) => ({ Activities: codes.map((StatusCode) => ({ StatusCode })) });
const aws = (changes) => fakeClient({
  DescribeAutoScalingGroups: group(),
  DescribeScalingActivities: activities('Successful', 'Failed', 'Cancelled'),
  SetDesiredCapacity: {},
  ...changes,
});
const handle = (client, event, settings = { AUTO_SCALING_GROUP: 'shop-web' }) => makeHandler(client, commands, settings)(event);

async function isLeft(client, why) {
  const { note } = await handle(client, eventOf('host-critical'));
  assert.ok(!client.names().includes('SetDesiredCapacity'));
  assert.match(note, why);
}

test('raises the desired capacity by one, and says so', async () => {
  const client = aws();
  const { note } = await handle(client, eventOf('host-critical'));
  assert.deepEqual(client.inputOf('SetDesiredCapacity'), {
    AutoScalingGroupName: 'shop-web', DesiredCapacity: 3, HonorCooldown: true,
  });
  assert.equal(note, 'shop-web was raised from 2 to 3, of at most 4.');
});

test('looks at no group but the one of its setting', async () => {
  const client = aws();
  await handle(client, eventOf('host-critical'));
  assert.deepEqual(client.inputOf('DescribeAutoScalingGroups'), { AutoScalingGroupNames: ['shop-web'] });
  assert.deepEqual(client.inputOf('DescribeScalingActivities'), { AutoScalingGroupName: 'shop-web' });
});

test('raises a group that never changed before', async () => {
  const client = aws({ DescribeScalingActivities: {} });
  await handle(client, eventOf('host-critical'));
  assert.equal(client.inputOf('SetDesiredCapacity').DesiredCapacity, 3);
});

test('raises for a critical alert of a service too', async () => {
  const client = aws();
  await handle(client, eventOf('service-critical'));
  assert.equal(client.inputOf('SetDesiredCapacity').DesiredCapacity, 3);
});

test('raises up to the maximum', async () => {
  const client = aws({ DescribeAutoScalingGroups: group({ DesiredCapacity: 3, Instances: instances(3) }) });
  await handle(client, eventOf('host-critical'));
  assert.equal(client.inputOf('SetDesiredCapacity').DesiredCapacity, 4);
});

test('does not raise beyond the maximum', async () => {
  await isLeft(aws({ DescribeAutoScalingGroups: group({ DesiredCapacity: 4, Instances: instances(4) }) }), /its maximum of 4/);
});

for (const code of ['PendingSpotBidPlacement', 'WaitingForInstanceId', 'PreInService', 'InProgress', 'MidLifecycleAction']) {
  test(`does nothing while an activity is ${code}`, async () => {
    await isLeft(aws({ DescribeScalingActivities: activities(code, 'Successful') }), /changing already, towards 2 of at most 4/);
  });
}

test('does nothing for the same event again, before an activity of the first shows', async () => {
  await isLeft(aws({ DescribeAutoScalingGroups: group({ DesiredCapacity: 3 }) }), /changing already, towards 3 of at most 4/);
});

test('does not count an instance that is not in service', async () => {
  const Instances = [...instances(1), ...instances(1, { LifecycleState: 'Pending' })];
  await isLeft(aws({ DescribeAutoScalingGroups: group({ Instances }) }), /changing already/);
});

test('counts an instance with its weight', async () => {
  const client = aws({
    DescribeAutoScalingGroups: group({ DesiredCapacity: 6, MaxSize: 9, Instances: instances(2, { WeightedCapacity: '3' }) }),
  });
  await handle(client, eventOf('host-critical'));
  assert.equal(client.inputOf('SetDesiredCapacity').DesiredCapacity, 7);
});

for (const name of ['ScalingActivityInProgressFault', 'ScalingActivityInProgress']) {
  test(`leaves the group as it is in its cooldown: ${name}`, async () => {
    const { note } = await handle(aws({ SetDesiredCapacity: failure(name) }), eventOf('host-critical'));
    assert.equal(note, 'shop-web was left as it is: it changed a short while ago.');
  });
}

test('throws what else goes wrong', async () => {
  await assert.rejects(
    handle(aws({ SetDesiredCapacity: failure('AccessDenied') }), eventOf('host-critical')), { name: 'AccessDenied' });
});

for (const action of ['note', 'close', 'reopen', 'join', 'remind']) {
  test(`does nothing after ${action}`, async () => {
    assert.deepEqual(await handle(fakeClient({}), eventOf('host-critical', { action })), {});
  });
}

for (const fixture of ['host-warning', 'unknown', 'host-ok', 'alert-group-warning', 'host-register', 'sample']) {
  test(`does nothing where no alert is critical: ${fixture}`, async () => {
    assert.deepEqual(await handle(fakeClient({}), eventOf(fixture)), {});
  });
}

test('names the setting that is not there', async () => {
  await assert.rejects(handle(fakeClient({}), eventOf('host-critical'), {}), /AUTO_SCALING_GROUP is not set/);
});

test('names the group that is not there', async () => {
  await assert.rejects(
    handle(aws({ DescribeAutoScalingGroups: { AutoScalingGroups: [] } }), eventOf('host-critical')), /no Auto Scaling group shop-web/);
});

test('the policy allows what is called, and nothing else', () => {
  assert.deepEqual(allowedIn('scale-out'), calledIn('scale-out', 'autoscaling'));
});
