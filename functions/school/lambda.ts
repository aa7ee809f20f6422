import { environmentOf, environments } from '#shared/runtime/environment.ts'
import { here } from '#shared/runtime/here.ts'
import { edgeSecretsOnAws, engineOnAws, houseKeysOnAws, lambda, logOnAws } from '#shared/runtime/on-aws.ts'
import { accessKeys } from '#shared/store/access-keys.ts'
import { buckets } from '#shared/store/buckets.ts'
import { deliveryStore } from '#shared/store/deliveries.ts'
import { recordStore } from '#shared/store/records.ts'
import { replayStore } from '#shared/store/replays.ts'
import { webhookSecrets } from '#shared/store/webhook-secrets.ts'
import { school } from './school.ts'

export const handler = lambda(async () => {
  const environment = environmentOf(environments.school, process.env)
  const engine = engineOnAws(environment)
  return school({
    ...here,
    ...(await houseKeysOnAws(environment)),
    log: logOnAws(environment),
    edgeSecrets: edgeSecretsOnAws(environment),
    accessKeys: accessKeys(engine),
    buckets: buckets(engine),
    rates: { key: Number(environment.KEY_LIMIT_PER_MINUTE) },
    deliveries: deliveryStore(engine),
    records: recordStore(engine),
    webhookSecrets: webhookSecrets(engine),
    replays: replayStore(engine),
  })
})
