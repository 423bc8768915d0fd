// Publishes to an SNS topic what was done to a ticket, and for which alert. It answers nothing, so it may be invoked without waiting.
// A FIFO topic drops an event that comes twice within five minutes. A topic of the other kind passes it on twice.
import { createHash } from 'node:crypto';

/** SNS takes less than 100. */
const SUBJECT_LIMIT = 99;

/** A failure of AWS is thrown. What the notification does not say is left out. */
export function makeHandler(client, commands, { TOPIC_ARN: topic } = process.env) {
  return async ({ id, action, ticket, notification }) => {
    if (!topic) {
      throw new Error('TOPIC_ARN is not set: the ARN of the topic to publish to');
    }
    const facts = factsOf(notification);
    await client.send(new commands.PublishCommand({
      TopicArn: topic,
      Subject: subject(ticket, facts),
      Message: message(action, ticket, facts),
      ...(topic.endsWith('.fifo') ? once(id, ticket) : {}),
    }));
    return {};
  };
}

function factsOf({ alert, alertGroup, alertGroupSetting, host, service }) {
  return {
    status: alert?.status ?? alertGroup?.status,
    monitor: alert?.monitorName ?? alertGroupSetting?.name,
    host: host?.name,
    service: service?.name,
    alert: alert?.url ?? alertGroup?.url,
  };
}

function subject({ number }, { status, monitor, host, service }) {
  const parts = [`#${number}`, status, host ?? service, monitor].filter(Boolean);
  return onOneLine(parts.join(' ')).slice(0, SUBJECT_LIMIT).replace(/[\ud800-\udbff]$/, '');
}

function message(action, { number, url }, { status, monitor, host, service, alert }) {
  const lines = Object.entries({
    Ticket: `#${number} (${action})`, URL: url, Status: status, Host: host, Service: service, Monitor: monitor, Alert: alert,
  });
  return lines.filter(([, value]) => value).map(([name, value]) => `${name}: ${onOneLine(value)}\n`).join('');
}

const onOneLine = (text) => text.toWellFormed().replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ');

/** A digest, because an id may be longer than what SNS takes, and in other characters. Each ticket's events stay in their order. */
function once(id, { number }) {
  return {
    MessageDeduplicationId: createHash('sha256').update(id).digest('hex'),
    MessageGroupId: String(number),
  };
}

let ready;

/** The SDK is in Lambda's runtime. */
export async function handler(event) {
  ready ??= import('@aws-sdk/client-sns').then((sdk) => makeHandler(new sdk.SNSClient({}), sdk));
  return (await ready)(event);
}
