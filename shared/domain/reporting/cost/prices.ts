/**
 * List prices of us-east-1 in USD, before any free tier, read on 2026-11-28 from the pricing page of each service. Lambda on
 * arm64; DynamoDB on demand; CloudFront requests over HTTPS from the United States.
 */
export const prices = {
  readOn: '2026-11-28',
  apiRequests: { usdPerMillion: 1, source: 'https://aws.amazon.com/api-gateway/pricing/' },
  lambdaRequests: { usdPerMillion: 0.2, source: 'https://aws.amazon.com/lambda/pricing/' },
  lambdaGigabyteSeconds: { usdPerMillion: 13.3334, source: 'https://aws.amazon.com/lambda/pricing/' },
  writeUnits: { usdPerMillion: 0.625, source: 'https://aws.amazon.com/dynamodb/pricing/on-demand/' },
  readUnits: { usdPerMillion: 0.125, source: 'https://aws.amazon.com/dynamodb/pricing/on-demand/' },
  queueRequests: { usdPerMillion: 0.4, source: 'https://aws.amazon.com/sqs/pricing/' },
  logGigabytes: { usd: 0.5, source: 'https://aws.amazon.com/cloudwatch/pricing/' },
  alarms: { usdPerMonth: 0.1, source: 'https://aws.amazon.com/cloudwatch/pricing/' },
  dashboards: { usdPerMonth: 3, source: 'https://aws.amazon.com/cloudwatch/pricing/' },
  metrics: { usdPerMonth: 0.3, source: 'https://aws.amazon.com/cloudwatch/pricing/' },
  secrets: { usdPerMonth: 0.4, source: 'https://aws.amazon.com/secrets-manager/pricing/' },
  keys: { usdPerMonth: 1, source: 'https://aws.amazon.com/kms/pricing/' },
  firewalls: { usdPerMonth: 5, source: 'https://aws.amazon.com/waf/pricing/' },
  firewallRules: { usdPerMonth: 1, source: 'https://aws.amazon.com/waf/pricing/' },
} as const
