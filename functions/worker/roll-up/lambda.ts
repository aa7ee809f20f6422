import { environmentOf, environments } from '#shared/platform/environment.ts'
import { here } from '#shared/platform/here.ts'
import { engineOnAws, lambda, logOnAws } from '#shared/platform/on-aws.ts'
import { bookStore } from '#shared/store/reporting/books.ts'
import { rollUpStore } from '#shared/store/reporting/roll-ups.ts'
import { rollUpDays } from './roll-up-days.ts'

export const handler = lambda(async () => {
  const environment = environmentOf(environments['worker/roll-up'], process.env)
  const engine = engineOnAws(environment)
  const needs = { ...here, log: logOnAws(environment), books: bookStore(engine), rollUps: rollUpStore(engine) }
  return () => rollUpDays(needs)
})
