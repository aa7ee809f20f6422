import { environmentOf, environments } from '#shared/runtime/environment.ts'
import { here } from '#shared/runtime/here.ts'
import { engineOnAws, lambda, logOnAws, measureOnAws } from '#shared/runtime/on-aws.ts'
import { bookStore } from '#shared/store/books.ts'
import { recordStore } from '#shared/store/records.ts'
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
