import { SQSClient } from '@aws-sdk/client-sqs'
import { noFastPath, sqsDeliveryQueue } from '#shared/outbound/queue.ts'
import { type Environment, environmentOf, environments } from '#shared/runtime/environment.ts'
import { here } from '#shared/runtime/here.ts'
import { engineOnAws, houseKeysOnAws, lambda, logOnAws, measureOnAws } from '#shared/runtime/on-aws.ts'
import { catalogPages } from '#shared/store/catalog-pages.ts'
import { credentials } from '#shared/store/credentials.ts'
import { leadStore } from '#shared/store/leads.ts'
import { recordStore } from '#shared/store/records.ts'
import { routing } from '#shared/store/routing.ts'
import { suppressions } from '#shared/store/suppressions.ts'
import { capture } from './capture.ts'

export const handler = lambda(async () => {
  const environment = environmentOf(environments.capture, process.env)
  const engine = engineOnAws(environment)
  return capture({
    ...here,
    ...(await houseKeysOnAws(environment)),
    log: logOnAws(environment),
    catalog: catalogPages(engine),
    credentials: credentials(engine),
    fastPath: fastPathOf(environment),
    leads: leadStore(engine),
    measure: measureOnAws(environment),
    records: recordStore(engine),
    routing: routing(engine),
    suppressions: suppressions(engine),
  })
})

function fastPathOf({ FAST_PATH, DELIVERY_QUEUE_URL: queueUrl }: Environment<'capture'>) {
  return FAST_PATH === 'on' ? sqsDeliveryQueue({ client: new SQSClient(), queueUrl }) : noFastPath
}
