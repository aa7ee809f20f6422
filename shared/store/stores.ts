import { bookStore } from './books.ts'
import { catalogPages } from './catalog-pages.ts'
import { composedStore } from './composed.ts'
import { credentials } from './credentials.ts'
import { deliveryStore } from './deliveries.ts'
import { dueStore } from './due.ts'
import type { Engine } from './engine/engine.ts'
import type { Table } from './keys.ts'
import { leadStore } from './leads.ts'
import { lineStore } from './lines.ts'
import { pastLeads } from './past-leads.ts'
import { recordStore } from './records.ts'
import { routing } from './routing.ts'
import { suppressions } from './suppressions.ts'

/** Every store on one engine, for whoever runs the whole; a Lambda opens those that it has a right to. */
export function stores(engine: Engine<Table>) {
  return {
    books: bookStore(engine),
    catalog: catalogPages(engine),
    composed: composedStore(engine),
    credentials: credentials(engine),
    deliveries: deliveryStore(engine),
    due: dueStore(engine),
    leads: leadStore(engine),
    lines: lineStore(engine),
    pastLeads: pastLeads(engine),
    records: recordStore(engine),
    routing: routing(engine),
    suppressions: suppressions(engine),
  }
}
