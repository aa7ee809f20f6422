import { environmentOf, environments } from '#shared/runtime/environment.ts'
import { here } from '#shared/runtime/here.ts'
import { engineOnAws, houseKeysOnAws, lambda, logOnAws } from '#shared/runtime/on-aws.ts'
import { credentials } from '#shared/store/credentials.ts'
import { deliveryStore } from '#shared/store/deliveries.ts'
import { replayStore } from '#shared/store/replays.ts'
import { school } from './school.ts'

export const handler = lambda(async () => {
  const environment = environmentOf(environments.school, process.env)
  const engine = engineOnAws(environment)
  return school({
    ...here,
    ...(await houseKeysOnAws(environment)),
    log: logOnAws(environment),
    credentials: credentials(engine),
    deliveries: deliveryStore(engine),
    replays: replayStore(engine),
  })
})
