import { parentPort, workerData } from 'node:worker_threads'
import { deliverLead } from '#functions/worker/deliver/deliver-lead.ts'
import { createHostResolver } from '#shared/outbound/webhook/create-host-resolver.ts'
import { createPostWebhook } from '#shared/outbound/webhook/create-post-webhook.ts'
import { deriveKeys } from '#shared/platform/derive-keys.ts'
import type { LogEvents } from '#shared/platform/log.ts'
import { systemDependencies } from '#shared/platform/system-dependencies.ts'
import { suppressionStore } from '#shared/store/aftercare/suppressions.ts'
import { composedStore } from '#shared/store/catalog/composed-store.ts'
import { recordStore } from '#shared/store/catalog/record-store.ts'
import { deliveryStore } from '#shared/store/delivery/delivery-store.ts'
import { endpointHealthStore } from '#shared/store/delivery/endpoint-health-store.ts'
import { fileStore } from '#shared/store/delivery/file-store.ts'
import { headerSecretStore } from '#shared/store/delivery/header-secret-store.ts'
import { webhookSecretStore } from '#shared/store/delivery/webhook-secret-store.ts'
import { createSqliteEngine } from '#shared/store/engine/sqlite/sqlite.ts'
import { hostTables } from '../../data/host-tables.ts'
import { readHostsFile } from '../../read-hosts-file.ts'
import { createKeptConnections } from '../create-kept-connections.ts'
import { createLocalQueue } from '../create-local-queue.ts'
import type { MessageFromThread, MessageToThread, ThreadSettings } from './thread-messages.ts'

/** The program of the delivery thread: it sends webhooks over a connection of its own to the database. */
const { database, root, attemptTimes, ssrfGuardSettings, clockAheadMs, writeTurns }: ThreadSettings = workerData
const now = () => new Date(Date.now() + clockAheadMs)
const engine = createSqliteEngine({ ...hostTables, path: database, now, writeTurns })
const connections = createKeptConnections()
const deps = {
  ...systemDependencies,
  ...deriveKeys(root),
  now,
  attemptTimes,
  log: <Name extends keyof LogEvents>(event: Name, fields: LogEvents[Name]) => {
    // It is not skipped: it waits for a share, or is passed on as an email.
    if ('why' in fields && fields.why === 'no-share') return
    parentPort?.postMessage({ kind: 'log', event, fields })
  },
  measure() {},
  /** Never called: emails are refused before they are leased. */
  mail: async () => {
    throw new Error('The delivery thread sends no email.')
  },
  postWebhook: createPostWebhook({
    settings: ssrfGuardSettings,
    resolve: createHostResolver({ getHosts: readHostsFile }),
    deadlineMs: attemptTimes.deadlineSeconds * 1000,
    connections,
  }),
  composed: composedStore(engine),
  deliveries: deliveryStore(engine),
  endpointHealth: endpointHealthStore(engine),
  files: fileStore(engine),
  headerSecrets: headerSecretStore(engine),
  records: recordStore(engine),
  suppressions: suppressionStore(engine),
  webhookSecrets: webhookSecretStore(engine),
}
const queue = createLocalQueue({
  async deliver(pointer, admit) {
    let isEmail = false
    await deliverLead(pointer, deps, (request) => {
      isEmail = request.kind === 'email'
      return isEmail ? 'refused' : admit(request)
    })
    if (isEmail) post({ kind: 'email', pointer })
  },
  onError: reportFault,
})

parentPort?.on('message', (message: MessageToThread) => {
  handle(message).catch(reportFault)
})
post({ kind: 'ready' })

async function handle(message: MessageToThread): Promise<void> {
  if (message.kind === 'send') return queue.send(message.pointers)
  if (message.kind === 'open') return queue.open()
  if (message.kind === 'depth') return post({ kind: 'answer', id: message.id, depth: await queue.depth() })
  const closed = queue.close()
  if (message.kind === 'end') {
    await connections.close()
    await engine.close()
  } else await closed
  post({ kind: 'answer', id: message.id })
}

function post(message: MessageFromThread): void {
  parentPort?.postMessage(message)
}

function reportFault(error: unknown): void {
  post({ kind: 'fault', error: error instanceof Error ? (error.stack ?? error.message) : String(error) })
}
