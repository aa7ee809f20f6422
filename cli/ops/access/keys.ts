import { Command, Option } from 'commander'
import type * as z from 'zod'
import { createKey, listKeys, revokeKey } from '#shared/contract/access/keys.ts'
import { type Holder, scope } from '#shared/domain/access/access-key.ts'
import { type Asking, agree, yes } from '../agree.ts'
import { connect, type Settings } from '../connect.ts'
import { examples } from '../examples.ts'
import { firstKey } from '../first-key.ts'
import { instant } from '../given.ts'
import { listing } from '../listing.ts'
import { stop } from '../stop.ts'
import { type Columns, tell } from '../tell.ts'

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
  .addHelpText(...examples('keys create --holder school:tall-grass --scope manage --name CRM --expires 2027-01-31'))
  .action(async ({ holder, scope, name, expires }: Wanted, command: Command) => {
    const settings: Settings = command.optsWithGlobals()
    const body = {
      holder: holderNamed(holder),
      scope,
      name,
      ...(expires && { expiresAt: instant(expires, '--expires') }),
    }
    const answer = await connect(settings)(createKey, { body })
    if (answer.status !== 201) stop(answer.problem)
    const { key, keyId } = answer.body
    tell(settings, answer.body, `${key}\n\n${keyId}: it is not shown again.`)
  })

const list = listing(
  new Command('list')
    .description('List keys: who holds them, what they may do, when they were last used.')
    .addHelpText(...examples('keys list', 'keys list --all --json')),
  {
    rows: 'keys',
    ask: async (call, query) => {
      const answer = await call(listKeys, { query })
      if (answer.status !== 200) return stop(answer.problem)
      return { rows: answer.body.keys, next: answer.body.page.nextCursor }
    },
    told: (key) => [key.keyId, told(key)],
  },
)

const revoke = new Command('revoke')
  .description('Revoke a key: the next request with it is refused.')
  .argument('<keyId>', 'as list says it')
  .option(...yes)
  .addHelpText(...examples('keys revoke key_4fJ0q2mXbW7cT1nZ8yKd5A'))
  .action(async (keyId: string, _: object, command: Command) => {
    const given: Settings & Asking = command.optsWithGlobals()
    const call = connect(given)
    await agree(`Revoke ${keyId}? Whoever uses it is refused at once, and that cannot be undone.`, given)
    const answer = await call(revokeKey, { params: { keyId } })
    if (answer.status !== 204) stop(answer.problem)
    tell(given, { keyId, revoked: true }, `${keyId} is revoked.`)
  })

export const keys = new Command('keys')
  .description('Make, list and revoke secret keys.')
  .addCommand(create)
  .addCommand(list)
  .addCommand(revoke)
  .addCommand(firstKey)

type Wanted = { holder: string; scope: z.output<typeof scope>; name: string; expires?: string }
type Listed = z.output<(typeof listKeys.responses)[200]['body']>['keys'][number]

function told({ holder: held, scope: may, name, createdAt, lastUsedAt, expiresAt, revokedAt }: Listed): Columns {
  const whose = held.caller === 'operator' ? 'staff' : held.caller === 'school' ? held.schoolId : held.sourceId
  const ends = revokedAt ? `revoked ${revokedAt}` : (expiresAt ?? '')
  return { holder: whose, name, scope: may, created: createdAt, 'last used': lastUsedAt ?? '', ends }
}

function holderNamed(text: string): Holder {
  const [kind, id = ''] = text.split(/:(.*)/s)
  if (kind === 'operator' && id === '') return { caller: 'operator' }
  if (kind === 'school' && id) return { caller: 'school', schoolId: id }
  if (kind === 'source' && id) return { caller: 'source', sourceId: id }
  return stop({ title: `--holder is not operator, school:<id> or source:<id>: ${text}`, ends: 'usage' })
}
