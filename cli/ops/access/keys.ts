import { Command, Option } from 'commander'
import type * as z from 'zod'
import { createKey, listKeys, revokeKey } from '#shared/contract/access/keys.ts'
import { type Holder, scope } from '#shared/domain/access/access-key.ts'
import { connect, type GlobalOptions } from '../connect.ts'
import { createListCommand } from '../create-list-command.ts'
import { firstKey } from '../first-key.ts'
import { formatExamples } from '../format-examples.ts'
import { parseInstant } from '../parse-options.ts'
import { printResult, type TableColumns } from '../print-result.ts'
import { type ConfirmOptions, requireConfirmation, yesOption } from '../require-confirmation.ts'
import { stop } from '../stop.ts'

const create = new Command('create')
  .description('Create a secret API key. It is shown once and stored as a hash.')
  .requiredOption('--holder <holder>', 'operator, school:<id> or source:<id>')
  .addOption(
    new Option('--scope <scope>', 'read or admin for staff, read or manage for a school, server for a source')
      .choices(scope.options)
      .makeOptionMandatory(),
  )
  .requiredOption('--name <name>', 'name of the key; at most two active keys of a holder have the same name')
  .option('--expires <instant>', 'expiry, such as 2027-01-31 or 2027-01-31T08:00:00Z')
  .addHelpText(
    ...formatExamples('keys create --holder school:tall-grass --scope manage --name CRM --expires 2027-01-31'),
  )
  .action(async ({ holder, scope, name, expires }: CreateKeyOptions, command: Command) => {
    const settings: GlobalOptions = command.optsWithGlobals()
    const body = {
      holder: parseHolder(holder),
      scope,
      name,
      ...(expires && { expiresAt: parseInstant(expires, '--expires') }),
    }
    const response = await connect(settings)(createKey, { body })
    if (response.status !== 201) stop(response.problem)
    const { key, keyId } = response.body
    printResult(settings, response.body, `${key}\n\n${keyId}: copy the key now, it is not shown again.`)
  })

const list = createListCommand(
  new Command('list')
    .description('List API keys with holder, scope and last use.')
    .addHelpText(...formatExamples('keys list', 'keys list --all --json')),
  {
    rows: 'keys',
    fetchPage: async (call, query) => {
      const response = await call(listKeys, { query })
      if (response.status !== 200) return stop(response.problem)
      return { rows: response.body.keys, next: response.body.page.nextCursor }
    },
    toRow: (key) => [key.keyId, formatKey(key)],
  },
)

const revoke = new Command('revoke')
  .description('Revoke an API key. It stops working immediately.')
  .argument('<keyId>', 'ID from keys list')
  .option(...yesOption)
  .addHelpText(...formatExamples('keys revoke key_4fJ0q2mXbW7cT1nZ8yKd5A'))
  .action(async (keyId: string, _: object, command: Command) => {
    const options: GlobalOptions & ConfirmOptions = command.optsWithGlobals()
    const call = connect(options)
    await requireConfirmation(`Revoke ${keyId}? It stops working immediately. This cannot be undone.`, options)
    const response = await call(revokeKey, { params: { keyId } })
    if (response.status !== 204) stop(response.problem)
    printResult(options, { keyId, revoked: true }, `Revoked ${keyId}.`)
  })

export const keys = new Command('keys')
  .description('Create, list and revoke API keys.')
  .addCommand(create)
  .addCommand(list)
  .addCommand(revoke)
  .addCommand(firstKey)

type CreateKeyOptions = { holder: string; scope: z.output<typeof scope>; name: string; expires?: string }
type ListedKey = z.output<(typeof listKeys.responses)[200]['body']>['keys'][number]

function formatKey({
  holder: keyHolder,
  scope: keyScope,
  name,
  createdAt,
  lastUsedAt,
  expiresAt,
  revokedAt,
}: ListedKey): TableColumns {
  const holderName =
    keyHolder.caller === 'operator' ? 'staff' : keyHolder.caller === 'school' ? keyHolder.schoolId : keyHolder.sourceId
  const end = revokedAt ? `revoked ${revokedAt}` : (expiresAt ?? '')
  return {
    holder: holderName,
    name,
    scope: keyScope,
    created: createdAt,
    'last used': lastUsedAt ?? '',
    'expires or revoked': end,
  }
}

function parseHolder(text: string): Holder {
  const [kind, id = ''] = text.split(/:(.*)/s)
  if (kind === 'operator' && id === '') return { caller: 'operator' }
  if (kind === 'school' && id) return { caller: 'school', schoolId: id }
  if (kind === 'source' && id) return { caller: 'source', sourceId: id }
  return stop({ title: `--holder must be operator, school:<id> or source:<id>, not ${text}.`, ends: 'usage' })
}
