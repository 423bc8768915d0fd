// Raises the desired capacity of one Auto Scaling group by one when a ticket is made for a critical alert, up to the group's maximum.
// While the group changes, nothing is done. So an event that comes twice raises once, unless hours lie between the two.

const OVER = new Set(['Successful', 'Failed', 'Cancelled']);

/** A failure of AWS is thrown. The note says that the group is left as it is, and why. */
export function makeHandler(client, commands, { AUTO_SCALING_GROUP: group } = process.env) {
  return async ({ action, notification }) => {
    if (action !== 'create' || notification.alert?.status !== 'critical') {
      return {};
    }
    if (!group) {
      throw new Error('AUTO_SCALING_GROUP is not set: the name of the group to raise');
    }
    const { DesiredCapacity, MaxSize, Instances } = await describe();
    if (DesiredCapacity >= MaxSize) {
      return { note: `${group} was left as it is: it has its maximum of ${MaxSize}.` };
    }
    if (inService(Instances) < DesiredCapacity || await isChanging()) {
      return { note: `${group} was left as it is: it is changing already, towards ${DesiredCapacity} of at most ${MaxSize}.` };
    }
    return raise(DesiredCapacity + 1, MaxSize);
  };

  async function describe() {
    const { AutoScalingGroups: [found] } = await client.send(new commands.DescribeAutoScalingGroupsCommand({
      AutoScalingGroupNames: [group],
    }));
    if (!found) {
      throw new Error(`There is no Auto Scaling group ${group} in this region`);
    }
    return found;
  }

  /** Those in progress come first in the list. */
  async function isChanging() {
    const { Activities = [] } = await client.send(new commands.DescribeScalingActivitiesCommand({ AutoScalingGroupName: group }));
    return Activities.some(({ StatusCode }) => !OVER.has(StatusCode));
  }

  /** The number is absolute, so two of these at the same moment raise by one, not by two. */
  async function raise(DesiredCapacity, MaxSize) {
    try {
      await client.send(new commands.SetDesiredCapacityCommand({
        AutoScalingGroupName: group,
        DesiredCapacity,
        HonorCooldown: true,
      }));
    } catch (problem) {
      if (problem.name.startsWith('ScalingActivityInProgress')) {
        return { note: `${group} was left as it is: it changed a short while ago.` };
      }
      throw problem;
    }
    return { note: `${group} was raised from ${DesiredCapacity - 1} to ${DesiredCapacity}, of at most ${MaxSize}.` };
  }
}

/** Between a change of the desired capacity and its first activity, only this shows it. */
function inService(instances = []) {
  return instances
    .filter(({ LifecycleState }) => LifecycleState === 'InService')
    .reduce((sum, { WeightedCapacity }) => sum + Number(WeightedCapacity ?? 1), 0);
}

let ready;

/** The SDK is in Lambda's runtime. */
export async function handler(event) {
  ready ??= import('@aws-sdk/client-auto-scaling').then((sdk) => makeHandler(new sdk.AutoScalingClient({}), sdk));
  return (await ready)(event);
}
