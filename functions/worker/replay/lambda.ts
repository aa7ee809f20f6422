import { environmentOf, environments } from '#shared/runtime/environment.ts'
import { here } from '#shared/runtime/here.ts'
import { engineOnAws, lambda, logOnAws } from '#shared/runtime/on-aws.ts'
import { recordStore } from '#shared/store/records.ts'
import { replayStore } from '#shared/store/replays.ts'
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
