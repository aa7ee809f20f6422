import { deleteRecord } from '#functions/operator/catalog/delete-record.ts'
import { putSchool } from '#functions/operator/catalog/put-records.ts'
import { putCampaign } from '#functions/operator/routing/put-campaign.ts'
import { finishPublishing } from '#functions/worker/publish/finish-publishing.ts'
import { records } from '#shared/contract/catalog/records.ts'
import type { RandomSource } from '../../proof/create-random.ts'
import { type EventLoop, type Process, rethrowUnexpected, type StartWorker, startsAt } from '../create-event-loop.ts'
import type { createFaultInjector } from '../create-fault-injector.ts'
import type { SchoolId } from '../prepare-system.ts'
import type { WorldSabotage } from '../sabotage.ts'

type Injector = ReturnType<typeof createFaultInjector>
type EditDependencies = ReturnType<Injector['createDependencies']>
type EditorsSetup = {
  random: RandomSource
  loop: EventLoop
  injector: Injector
  worker: StartWorker
  publishes: WorldSabotage['publishes']
  calmAt: number
}
type Fields = { [name: string]: unknown }

const chance = 0.5
const maxLifetimeMs = 29_000
const intervalMs = 60_000
const emptyInput = { query: undefined, ip: '', spend: async () => {} }
const principal = { caller: 'operator', scope: 'admin', keyId: 'key_editor' } as const

/** What staff do to records while leads are under way, by the name of the edit. */
const edits: { [edit: string]: (deps: EditDependencies) => Promise<unknown> } = {
  'rename the legal entity of beta': (deps) => changeSchool('beta', { legalName: 'Beta Holdings, LLC' }, deps),
  'rename the legal entity of epsilon': (deps) => changeSchool('epsilon', { legalName: 'Epsilon Group' }, deps),
  'rename epsilon back': (deps) => changeSchool('epsilon', { legalName: 'Epsilon College' }, deps),
  'pause alpha': (deps) => changeSchool('alpha', { status: 'paused' }, deps),
  'resume alpha': (deps) => changeSchool('alpha', { status: 'active' }, deps),
  'pause the campaign of zeta': (deps) => changeCampaign('zeta', { status: 'paused' }, deps),
  'resume the campaign of zeta': (deps) => changeCampaign('zeta', { status: 'active' }, deps),
  'move the campaign of delta to alpha': (deps) => changeCampaign('delta', ownedByAlpha, deps),
  'delete the campaign of delta': (deps) => deleteCampaign('delta', deps),
  'create the campaign of delta again, for alpha': (deps) => createCampaign('delta', ownedByAlpha, deps),
}
const ownedByAlpha = {
  schoolId: 'alpha',
  programIds: ['alpha-program'],
  endpoint: { kind: 'webhook', url: 'https://alpha.example/leads' },
}

/** Staff who edit, move, pause, delete and create records, and the worker that finishes what they began. */
export function createEditors({ random, loop, injector, worker, publishes, calmAt }: EditorsSetup): {
  confirmedEdits: string[]
} {
  const confirmedEdits: string[] = []

  function runEdit(name: string, edit: (deps: EditDependencies) => Promise<unknown>) {
    const task = async (process: Process) => {
      await edit(injector.createDependencies(process))
      confirmedEdits.push(name)
    }
    loop.begin(`edit ${name}`, task, { maxLifetimeMs, onEnd: rethrowUnexpected })
  }

  /** Starts the publish worker every minute until three minutes after the last fault. */
  function runPublishWorker() {
    if (publishes === 'never') return
    worker('publish', '', (process) => finishPublishing(injector.createDependencies(process)))
    if (loop.now() < calmAt + 3 * intervalMs) loop.at(loop.now() + intervalMs, runPublishWorker)
  }

  for (const [name, edit] of Object.entries(edits))
    if (random() < chance) loop.at(startsAt + random() * (calmAt - startsAt), () => runEdit(name, edit))
  loop.at(startsAt + random() * intervalMs, runPublishWorker)
  return { confirmedEdits }
}

/** Returns the fields of a stored record that staff may write. */
function toInput(route: { readOnlyFields?: readonly string[] }, body: object = {}): Fields {
  return Object.fromEntries(Object.entries(body).filter(([name]) => !route.readOnlyFields?.includes(name)))
}

async function changeSchool(id: SchoolId, change: Fields, deps: EditDependencies) {
  const current = await deps.records.get('schools', id)
  const body = records.schools.put.body.parse({ ...toInput(records.schools.put, current?.body), ...change })
  await putSchool({ params: { id }, body, headers: toIfMatch(current), principal, ...emptyInput }, deps)
}

async function changeCampaign(id: SchoolId, change: Fields, deps: EditDependencies) {
  const current = await deps.records.get('campaigns', id)
  if (!current) return
  const body = records.campaigns.put.body.parse({ ...toInput(records.campaigns.put, current.body), ...change })
  await putCampaign({ params: { id }, body, headers: toIfMatch(current), principal, ...emptyInput }, deps)
}

async function createCampaign(id: SchoolId, fields: Fields, deps: EditDependencies) {
  if (await deps.records.get('campaigns', id)) return
  const body = records.campaigns.put.body.parse({ status: 'active', priceCents: 4500, ...fields })
  await putCampaign({ params: { id }, body, headers: {}, principal, ...emptyInput }, deps)
}

async function deleteCampaign(id: SchoolId, deps: EditDependencies) {
  const current = await deps.records.get('campaigns', id)
  if (!current) return
  const actor = { kind: 'staff', keyId: principal.keyId } as const
  await deleteRecord('campaigns', { id, ifMatch: `"${current.version}"`, actor }, deps)
}

function toIfMatch(current: { version: number } | undefined) {
  return current ? { 'if-match': `"${current.version}"` } : {}
}
