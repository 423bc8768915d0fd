// The function that a team wrote in 2017 and ran in Lambda, as a server: an alert that is not ok and open becomes an issue, and nothing else
// does. It waits for Redmine before it answers, and keeps nothing. Only the key goes in a header here, and no longer in the URL.
import http from 'node:http';

const {
  SERVER_PORT, REDMINE_URL, REDMINE_APIKEY, REDMINE_PROJECT, REDMINE_TRACKER, REDMINE_ASSIGNED,
  REDMINE_CUSTOM_FIELD_MONITOR, REDMINE_CUSTOM_FIELD_LEVEL, REDMINE_CUSTOM_FIELD_HOST, REDMINE_RESPONSE_TIMEOUT,
} = process.env;
const timeoutMillis = parseInt(REDMINE_RESPONSE_TIMEOUT, 10) * 1000;   // such as 30s

async function handler(event) {
  const notification = event.body ? JSON.parse(event.body) : event;
  const alert = notification.alert ?? {};
  if (alert.status === 'ok' || String(alert.isOpen).toLowerCase() !== 'true') {
    return { statusCode: 200, body: '{}' };
  }
  const host = notification.host?.name ?? notification.service?.name ?? '';
  const answer = await fetch(`${REDMINE_URL}/issues.json`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Redmine-API-Key': REDMINE_APIKEY },
    signal: AbortSignal.timeout(timeoutMillis),
    body: JSON.stringify({
      issue: {
        project_id: REDMINE_PROJECT,
        tracker_id: REDMINE_TRACKER,
        assigned_to_id: REDMINE_ASSIGNED,
        status_id: 1,
        priority_id: 4,
        subject: `${alert.status.toUpperCase()}: ${host} ${alert.monitorName}`,
        description: JSON.stringify(notification, null, 4),
        custom_fields: [
          { id: REDMINE_CUSTOM_FIELD_MONITOR, value: alert.monitorName },
          { id: REDMINE_CUSTOM_FIELD_LEVEL, value: alert.status },
          { id: REDMINE_CUSTOM_FIELD_HOST, value: host },
        ],
      },
    }),
  });
  const body = await answer.text();
  if (answer.status !== 201) {
    throw new Error(`Redmine answered with ${answer.status}: ${body}`);
  }
  return { statusCode: 200, body };
}

async function bodyOf(request) {
  const parts = [];
  for await (const part of request) {
    parts.push(part);
  }
  return Buffer.concat(parts).toString();
}

const server = http.createServer(async (request, response) => {
  try {
    const { statusCode, body } = await handler({ body: await bodyOf(request) });
    response.writeHead(statusCode, { 'Content-Type': 'application/json' }).end(body);
  } catch (error) {
    console.error(error.message, error.cause?.code ?? '');
    response.writeHead(502).end();
  }
});
server.listen(SERVER_PORT, '127.0.0.1', () => console.log('listening'));
