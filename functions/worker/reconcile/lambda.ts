import { environmentOf, environments } from '#shared/platform/environment.ts'
import { here } from '#shared/platform/here.ts'
import { engineOnAws, lambda, logOnAws, measureOnAws } from '#shared/platform/on-aws.ts'
import { recordStore } from '#shared/store/catalog/records.ts'
import { bookStore } from '#shared/store/reporting/books.ts'
import { reconcileDays } from './reconcile-days.ts'

export const handler = lambda(async () => {
  const environment = environmentOf(environments['worker/reconcile'], process.env)
  const engine = engineOnAws(environment)
  const needs = {
    ...here,
    log: logOnAws(environment),
    measure: measureOnAws(environment),
    books: bookStore(engine),
    records: recordStore(engine),
  }
  return () => reconcileDays(needs)
})
