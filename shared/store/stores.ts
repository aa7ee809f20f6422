import { accessKeys } from './access/access-keys.ts'
import { keyRing } from './access/key-ring.ts'
import { dispositionStore } from './aftercare/dispositions.ts'
import { erasureStore } from './aftercare/erasures.ts'
import { forgettingStore } from './aftercare/forgetting.ts'
import { retentionStore } from './aftercare/retention.ts'
import { returnStore } from './aftercare/returns.ts'
import { revealStore } from './aftercare/reveals.ts'
import { suppressions } from './aftercare/suppressions.ts'
import { buckets } from './capture/buckets.ts'
import { leadStore } from './capture/leads.ts'
import { quarantineStore } from './capture/quarantine.ts'
import { catalogPages } from './catalog/catalog-pages.ts'
import { composedStore } from './catalog/composed.ts'
import { recordStore } from './catalog/records.ts'
import { deliveryStore } from './delivery/deliveries.ts'
import { dueStore } from './delivery/due.ts'
import { headerSecrets } from './delivery/header-secrets.ts'
import { lineStore } from './delivery/lines.ts'
import { replayStore } from './delivery/replays.ts'
import { webhookSecrets } from './delivery/webhook-secrets.ts'
import type { Engine } from './engine/engine.ts'
import type { Table } from './keys.ts'
import { bookStore } from './reporting/books.ts'
import { rollUpStore } from './reporting/roll-ups.ts'
import { pastLeads } from './routing/past-leads.ts'
import { routing } from './routing/routing.ts'

/** Every store on one engine, for whoever runs the whole; a Lambda opens those that it has a right to. */
export function stores(engine: Engine<Table>) {
  return {
    accessKeys: accessKeys(engine),
    buckets: buckets(engine),
    books: bookStore(engine),
    catalog: catalogPages(engine),
    composed: composedStore(engine),
    deliveries: deliveryStore(engine),
    dispositions: dispositionStore(engine),
    due: dueStore(engine),
    erasures: erasureStore(engine),
    forgetting: forgettingStore(engine),
    headerSecrets: headerSecrets(engine),
    keyRing: keyRing(engine),
    leads: leadStore(engine),
    lines: lineStore(engine),
    pastLeads: pastLeads(engine),
    quarantine: quarantineStore(engine),
    records: recordStore(engine),
    replays: replayStore(engine),
    retention: retentionStore(engine),
    returns: returnStore(engine),
    reveals: revealStore(engine),
    rollUps: rollUpStore(engine),
    routing: routing(engine),
    suppressions: suppressions(engine),
    webhookSecrets: webhookSecrets(engine),
  }
}
