import { environmentOf, environments } from '#shared/platform/environment.ts'
import { fastPathOnAws } from '#shared/platform/fast-path-on-aws.ts'
import { here } from '#shared/platform/here.ts'
import { edgeSecretsOnAws, engineOnAws, houseKeysOnAws, lambda, logOnAws } from '#shared/platform/on-aws.ts'
import { accessKeys } from '#shared/store/access/access-keys.ts'
import { dispositionStore } from '#shared/store/aftercare/dispositions.ts'
import { returnStore } from '#shared/store/aftercare/returns.ts'
import { buckets } from '#shared/store/capture/buckets.ts'
import { leadStore } from '#shared/store/capture/leads.ts'
import { composedStore } from '#shared/store/catalog/composed.ts'
import { recordStore } from '#shared/store/catalog/records.ts'
import { deliveryStore } from '#shared/store/delivery/deliveries.ts'
import { replayStore } from '#shared/store/delivery/replays.ts'
import { webhookSecrets } from '#shared/store/delivery/webhook-secrets.ts'
import { routing } from '#shared/store/routing/routing.ts'
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
