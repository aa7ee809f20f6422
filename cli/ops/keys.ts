import { Command, Option } from 'commander'
import type * as z from 'zod'
import { createKey, listKeys, revokeKey } from '#shared/contract/keys.ts'
import { type Holder, scope } from '#shared/domain/access-key.ts'
import { connect, type Settings, stop } from './connect.ts'
import { firstKey } from './first-key.ts'

const create = new Command('create')
  .description('Make a secret key. It is shown once and kept as a hash.')
  .requiredOption('--holder <holder>', 'operator, school:<id> or source:<id>')
  .addOption(
    new Option('--scope <scope>', 'read or admin for staff, read or manage for a school, server for a source')
      .choices(scope.options)
      .makeOptionMandatory(),
  )
  .requiredOption('--name <name>', 'what it is for; at most two live keys of a holder have the same name')
  .option('--expires <instant>', 'when it ends, such as 2027-01-31 or 2027-01-31T08:00:00Z')
  .addHelpText('after', '\nExample:\n  npm run ops -- keys create --holder school:tall-grass --scope manage --name CRM')
  .action(async ({ holder, scope, name, expires }: Wanted, command: Command) => {
    const settings: Settings = command.optsWithGlobals()
    const body = { holder: holderNamed(holder), scope, name, ...(expires && { expiresAt: instant(expires) }) }
    const answer = await connect(settings)(createKey, { body })
    if (answer.status !== 201) stop(answer.problem)
    const { key, keyId } = answer.body
    console.log(settings.json ? JSON.stringify(answer.body) : `${key}\n\n${keyId}: it is not shown again.`)
  })

const list = new Command('list')
  .description('List keys: who holds them, what they may do, when they were last used.')
  .action(async (_: object, command: Command) => {
    const settings: Settings = command.optsWithGlobals()
    const call = connect(settings)
    const keys: Listed[] = []
    let cursor: string | undefined
    do {
      const answer = await call(listKeys, { query: { limit: 100, ...(cursor && { cursor }) } })
      if (answer.status !== 200) stop(answer.problem)
      keys.push(...answer.body.keys)
      cursor = answer.body.page.nextCursor ?? undefined
    } while (cursor)
    if (settings.json) console.log(JSON.stringify({ keys }))
    else console.table(Object.fromEntries(keys.map((key) => [key.keyId, told(key)])))
  })

const revoke = new Command('revoke')
  .description('Revoke a key: the next request with it is refused.')
  .argument('<keyId>', 'as list says it')
  .action(async (keyId: string, _: object, command: Command) => {
    const answer = await connect(command.optsWithGlobals<Settings>())(revokeKey, { params: { keyId } })
    if (answer.status !== 204) stop(answer.problem)
  })

export const keys = new Command('keys')
  .description('Make, list and revoke secret keys.')
  .addCommand(create)
  .addCommand(list)
  .addCommand(revoke)
  .addCommand(firstKey)

type Wanted = { holder: string; scope: z.output<typeof scope>; name: string; expires?: string }
type Listed = z.output<(typeof listKeys.responses)[200]['body']>['keys'][number]

function told({ holder: held, scope: may, name, createdAt, lastUsedAt, expiresAt, revokedAt }: Listed) {
  const whose = held.caller === 'operator' ? 'staff' : held.caller === 'school' ? held.schoolId : held.sourceId
  const ends = revokedAt ? `revoked ${revokedAt}` : (expiresAt ?? '')
  return { holder: whose, name, scope: may, created: createdAt, 'last used': lastUsedAt ?? '', ends }
}

function holderNamed(text: string): Holder {
  const [kind, id = ''] = text.split(/:(.*)/s)
  if (kind === 'operator' && id === '') return { caller: 'operator' }
  if (kind === 'school' && id) return { caller: 'school', schoolId: id }
  if (kind === 'source' && id) return { caller: 'source', sourceId: id }
  return stop({ title: `--holder is not operator, school:<id> or source:<id>: ${text}` })
}

function instant(text: string): string {
  const at = new Date(text)
  if (Number.isNaN(at.getTime())) stop({ title: `--expires is not an instant: ${text}` })
  return at.toISOString()
}
