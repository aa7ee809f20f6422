import { capture } from '#functions/capture/capture.ts'
import { catalog } from '#functions/catalog/catalog.ts'
import { operatorApi } from '#functions/operator/operator-api.ts'
import { publisherApi } from '#functions/publisher/publisher-api.ts'
import { schoolApi } from '#functions/school/school-api.ts'
import { createLocalDependencies } from '#local/create-local-dependencies.ts'
import { ensurePrintedKey } from '#local/data/ensure-printed-key.ts'
import { openFolder } from '#local/data/open-folder.ts'
import { createGateway } from '#local/http/create-gateway.ts'
import { createResponseCache } from '#local/http/create-response-cache.ts'
import { attemptTimes } from '#shared/domain/delivery/attempt-times.ts'
import type { DeliveryPointer } from '#shared/outbound/queue.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { createSqliteEngine } from '#shared/store/engine/sqlite/sqlite.ts'

export type ApiCall = {
  method: 'GET' | 'POST' | 'PUT'
  target: string
  key?: string
  headers?: readonly (readonly [name: string, value: string])[]
  body?: unknown
}
export type ApiResponse = { status: number; body: string }
export type SimulatedSystem = Awaited<ReturnType<typeof openSimulatedSystem>>
type Setup = { dataDir: string; staffKey: string; random: () => number }

/** Shares of all answers: a school with trouble, which gets the lead later, and one that refuses the lead for good. */
const failureShare = 0.02
const refusalShare = 0.005

/**
 * The whole program on a data folder of production mode, with a clock that the caller moves. Schools and mailboxes answer
 * at once, in this process; a few webhooks fail. What is queued waits in `pointers`.
 */
export async function openSimulatedSystem({ dataDir, staffKey, random }: Setup) {
  const clock = { now: new Date() }
  const now = () => clock.now
  const log = () => {}
  const { engine, secrets, release } = await openFolder({
    dataDir,
    mode: 'serve',
    createEngine: createSqliteEngine,
    now,
    log,
  })
  const pointers: DeliveryPointer[] = []
  const queue = {
    depth: async () => pointers.length,
    send: async (sent: readonly DeliveryPointer[]) => void pointers.push(...sent),
  }
  const deps: Dependencies = {
    ...createLocalDependencies({
      ...{ engine, queue, now, log, attemptTimes, root: secrets.root },
      ssrfGuardSettings: { loopback: 'refused' },
      rateLimits: {},
      mail: async () => ({ messageId: `<${crypto.randomUUID()}@mail.example.com>` }),
      askTurnstile: async () => 'human',
      certificateVendors: {},
      retentionDays: undefined,
    }),
    postWebhook: async () => {
      const share = random()
      const status = share < refusalShare ? 422 : share < refusalShare + failureShare ? 503 : 200
      return { stage: 'answered', status, headers: {}, body: '', excerpt: '', ms: 80 }
    },
  }
  const handleRequest = createGateway({
    functions: {
      catalog: catalog(deps),
      capture: capture(deps),
      school: schoolApi(deps),
      publisher: publisherApi(deps),
      operator: operatorApi(deps),
    },
    cache: createResponseCache({ now }),
    now,
    reportFault: (error) => {
      console.error(error)
      return 'inc_bench'
    },
  })
  await ensurePrintedKey({ key: staffKey, holder: { caller: 'operator' }, scope: 'admin' }, deps)

  async function call({ method, target, key, headers = [], body }: ApiCall): Promise<ApiResponse> {
    const [path = '', query = ''] = target.split('?')
    const response = await handleRequest({
      ...{ method, path, query, protocol: 'HTTP/1.1', ip: '203.0.113.7' },
      headers: [
        ['content-type', 'application/json'],
        ...(key === undefined ? [] : [['authorization', `Bearer ${key}`] as const]),
        ...headers,
      ],
      body: Buffer.from(body === undefined ? '' : JSON.stringify(body)),
    })
    return { status: response.statusCode ?? 200, body: response.body ?? '' }
  }
  return {
    clock,
    deps,
    pointers,
    call,
    callAsStaff: (request: Omit<ApiCall, 'key'>) => call({ ...request, key: staffKey }),
    release,
  }
}
