// Says what is wrong with the templates by AWS's own schemas and rules, offline. Ends with 1 when something is.
import { RegoEngine, TemplateFile } from '@aws/cloudformation-validate';

// The parameters that may be empty, each with a value, because the values of properties are looked at.
const FILLED = {
  RedmineUrl: 'https://redmine.example.jp',
  RedmineKeyVersion: '01234567-89ab-cdef-0123-456789abcdef',
  StoreUrl: 'jdbc:postgresql://db.example.jp/mackerel?sslmode=verify-full',
  StoreUser: 'mackerel',
  StoreLoginArn: 'arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:mackerel-redmine/store-AbCdEf',
  DomainName: 'alerts.example.jp',
  CertificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef',
  AlarmTopicArn: 'arn:aws:sns:us-east-1:123456789012:alarms',
};

const engine = new RegoEngine();
let wrong = 0;
for (const file of process.argv.slice(2)) {
  const { diagnostics } = engine.validateStandard(new TemplateFile(file), { severityLevel: 'WARN', parameterOverrides: FILLED });
  for (const found of diagnostics) {
    const where = [found.entity?.logicalId, found.propertyPath].filter(Boolean).join(' ');
    console.log(`${file}:${found.startLine}: ${found.severity} ${found.ruleId} ${where}: ${found.message}`);
    if (['ERROR', 'FATAL'].includes(found.severity)) wrong++;
  }
}
engine.free();
console.log(`By AWS's rules, wrong: ${wrong}`);
process.exitCode = wrong ? 1 : 0;
