import { accessKeys } from './access-keys.ts'
import { bookStore } from './books.ts'
import { buckets } from './buckets.ts'
import { catalogPages } from './catalog-pages.ts'
import { composedStore } from './composed.ts'
import { deliveryStore } from './deliveries.ts'
import { dispositionStore } from './dispositions.ts'
import { dueStore } from './due.ts'
import type { Engine } from './engine/engine.ts'
import { erasureStore } from './erasures.ts'
import { forgettingStore } from './forgetting.ts'
import { headerSecrets } from './header-secrets.ts'
import { keyRing } from './key-ring.ts'
import type { Table } from './keys.ts'
import { leadStore } from './leads.ts'
import { lineStore } from './lines.ts'
import { pastLeads } from './past-leads.ts'
import { quarantineStore } from './quarantine.ts'
import { recordStore } from './records.ts'
import { replayStore } from './replays.ts'
import { retentionStore } from './retention.ts'
import { returnStore } from './returns.ts'
import { revealStore } from './reveals.ts'
import { rollUpStore } from './roll-ups.ts'
import { routing } from './routing.ts'
import { suppressions } from './suppressions.ts'
import { webhookSecrets } from './webhook-secrets.ts'

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
