import { faultOfUrl } from '#shared/outbound/guard.ts'
import { environmentOf, environments } from '#shared/runtime/environment.ts'
import { fastPathOnAws } from '#shared/runtime/fast-path-on-aws.ts'
import { here } from '#shared/runtime/here.ts'
import { addressRate } from '#shared/runtime/limits.ts'
import { edgeSecretsOnAws, engineOnAws, houseKeysOnAws, lambda, logOnAws } from '#shared/runtime/on-aws.ts'
import { accessKeys } from '#shared/store/access-keys.ts'
import { bookStore } from '#shared/store/books.ts'
import { buckets } from '#shared/store/buckets.ts'
import { composedStore } from '#shared/store/composed.ts'
import { deliveryStore } from '#shared/store/deliveries.ts'
import { erasureStore } from '#shared/store/erasures.ts'
import { forgettingStore } from '#shared/store/forgetting.ts'
import { headerSecrets } from '#shared/store/header-secrets.ts'
import { keyRing } from '#shared/store/key-ring.ts'
import { leadStore } from '#shared/store/leads.ts'
import { pastLeads } from '#shared/store/past-leads.ts'
import { quarantineStore } from '#shared/store/quarantine.ts'
import { recordStore } from '#shared/store/records.ts'
import { replayStore } from '#shared/store/replays.ts'
import { returnStore } from '#shared/store/returns.ts'
import { revealStore } from '#shared/store/reveals.ts'
import { rollUpStore } from '#shared/store/roll-ups.ts'
import { routing } from '#shared/store/routing.ts'
import { suppressions } from '#shared/store/suppressions.ts'
import { webhookSecrets } from '#shared/store/webhook-secrets.ts'
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
