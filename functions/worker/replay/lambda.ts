import { environmentOf, environments } from '#shared/platform/environment.ts'
import { here } from '#shared/platform/here.ts'
import { engineOnAws, lambda, logOnAws } from '#shared/platform/on-aws.ts'
import { recordStore } from '#shared/store/catalog/records.ts'
import { replayStore } from '#shared/store/delivery/replays.ts'
import { replayMatching } from './replay-matching.ts'

export const handler = lambda(async () => {
  const environment = environmentOf(environments['worker/replay'], process.env)
  const engine = engineOnAws(environment)
  const needs = {
    ...here,
    log: logOnAws(environment),
    records: recordStore(engine),
    replays: replayStore(engine),
  }
  return () => replayMatching(needs)
})
