import { environmentOf, environments } from '#shared/runtime/environment.ts'
import { here } from '#shared/runtime/here.ts'
import { engineOnAws, lambda, logOnAws } from '#shared/runtime/on-aws.ts'
import { bookStore } from '#shared/store/books.ts'
import { rollUpStore } from '#shared/store/roll-ups.ts'
import { rollUpDays } from './roll-up-days.ts'

export const handler = lambda(async () => {
  const environment = environmentOf(environments['worker/roll-up'], process.env)
  const engine = engineOnAws(environment)
  const needs = { ...here, log: logOnAws(environment), books: bookStore(engine), rollUps: rollUpStore(engine) }
  return () => rollUpDays(needs)
})
