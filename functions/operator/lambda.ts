import { addressRate } from '#shared/http/limits.ts'
import { faultOfUrl } from '#shared/outbound/webhook/guard.ts'
import { environmentOf, environments } from '#shared/platform/environment.ts'
import { fastPathOnAws } from '#shared/platform/fast-path-on-aws.ts'
import { here } from '#shared/platform/here.ts'
import { edgeSecretsOnAws, engineOnAws, houseKeysOnAws, lambda, logOnAws } from '#shared/platform/on-aws.ts'
import { accessKeys } from '#shared/store/access/access-keys.ts'
import { keyRing } from '#shared/store/access/key-ring.ts'
import { erasureStore } from '#shared/store/aftercare/erasures.ts'
import { forgettingStore } from '#shared/store/aftercare/forgetting.ts'
import { returnStore } from '#shared/store/aftercare/returns.ts'
import { revealStore } from '#shared/store/aftercare/reveals.ts'
import { suppressions } from '#shared/store/aftercare/suppressions.ts'
import { buckets } from '#shared/store/capture/buckets.ts'
import { leadStore } from '#shared/store/capture/leads.ts'
import { quarantineStore } from '#shared/store/capture/quarantine.ts'
import { composedStore } from '#shared/store/catalog/composed.ts'
import { recordStore } from '#shared/store/catalog/records.ts'
import { deliveryStore } from '#shared/store/delivery/deliveries.ts'
import { headerSecrets } from '#shared/store/delivery/header-secrets.ts'
import { replayStore } from '#shared/store/delivery/replays.ts'
import { webhookSecrets } from '#shared/store/delivery/webhook-secrets.ts'
import { bookStore } from '#shared/store/reporting/books.ts'
import { rollUpStore } from '#shared/store/reporting/roll-ups.ts'
import { pastLeads } from '#shared/store/routing/past-leads.ts'
import { routing } from '#shared/store/routing/routing.ts'
import { operator } from './operator.ts'

export const handler = lambda(async () => {
  const environment = environmentOf(environments.operator, process.env)
  const engine = engineOnAws(environment)
  const keys = await houseKeysOnAws(environment)
  return operator({
    ...here,
    ...keys,
    log: logOnAws(environment),
    edgeSecrets: edgeSecretsOnAws(environment),
    fastPath: fastPathOnAws(environment),
    accessKeys: accessKeys(engine),
    buckets: buckets(engine),
    books: bookStore(engine),
    composed: composedStore(engine),
    deliveries: deliveryStore(engine),
    erasures: erasureStore(engine),
    forgetting: forgettingStore(engine),
    faultOfUrl: (url) => faultOfUrl(url, { loopback: 'refused' }),
    headerSecrets: headerSecrets(engine),
    keyRing: keyRing(engine),
    leads: leadStore(engine),
    pastLeads: pastLeads(engine),
    quarantine: quarantineStore(engine),
    rates: {
      key: Number(environment.KEY_LIMIT_PER_MINUTE),
      address: addressRate(Number(environment.ADDRESS_LIMIT_PER_MINUTE), keys.digests),
    },
    records: recordStore(engine),
    replays: replayStore(engine),
    returns: returnStore(engine),
    reveals: revealStore(engine),
    rollUps: rollUpStore(engine),
    routing: routing(engine),
    suppressions: suppressions(engine),
    webhookSecrets: webhookSecrets(engine),
  })
})
