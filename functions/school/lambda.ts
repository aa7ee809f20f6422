import { environmentOf, environments } from '#shared/runtime/environment.ts'
import { fastPathOnAws } from '#shared/runtime/fast-path-on-aws.ts'
import { here } from '#shared/runtime/here.ts'
import { edgeSecretsOnAws, engineOnAws, houseKeysOnAws, lambda, logOnAws } from '#shared/runtime/on-aws.ts'
import { accessKeys } from '#shared/store/access-keys.ts'
import { buckets } from '#shared/store/buckets.ts'
import { composedStore } from '#shared/store/composed.ts'
import { deliveryStore } from '#shared/store/deliveries.ts'
import { dispositionStore } from '#shared/store/dispositions.ts'
import { leadStore } from '#shared/store/leads.ts'
import { recordStore } from '#shared/store/records.ts'
import { replayStore } from '#shared/store/replays.ts'
import { returnStore } from '#shared/store/returns.ts'
import { routing } from '#shared/store/routing.ts'
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
    fastPath: fastPathOnAws(environment),
    accessKeys: accessKeys(engine),
    buckets: buckets(engine),
    rates: { key: Number(environment.KEY_LIMIT_PER_MINUTE) },
    composed: composedStore(engine),
    deliveries: deliveryStore(engine),
    dispositions: dispositionStore(engine),
    leads: leadStore(engine),
    records: recordStore(engine),
    webhookSecrets: webhookSecrets(engine),
    replays: replayStore(engine),
    returns: returnStore(engine),
    routing: routing(engine),
  })
})
