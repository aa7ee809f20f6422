import { Command, Option } from 'commander'
import { createPortalLink } from '#shared/contract/access/portal-links.ts'
import { connect, placeOf, type Settings } from '../connect.ts'
import { examples } from '../examples.ts'
import { stop } from '../stop.ts'
import { tell } from '../tell.ts'

type Given = Settings & { scope: 'read' | 'manage'; hours: string }

export const portalLink = new Command('portal-link')
  .description('Make a link that signs the school in to the portal, once. Give it to the school and to nobody else.')
  .argument('<id>')
  .addOption(new Option('--scope <scope>', 'what the school may do').choices(['read', 'manage']).default('manage'))
  .option('--hours <count>', 'how long it may wait to be used, 168 at most', '72')
  .addHelpText(...examples('schools portal-link tall-grass', 'schools portal-link tall-grass --scope read --hours 24'))
  .action(async (schoolId: string, _: object, command: Command) => {
    const given: Given = command.optsWithGlobals()
    const body = { schoolId, scope: given.scope, expiresInHours: Number(given.hours) }
    if (Number.isNaN(body.expiresInHours)) stop({ title: `--hours is not a number: ${given.hours}`, ends: 'usage' })
    const answer = await connect(given)(createPortalLink, { body })
    if (answer.status !== 201) stop(answer.problem)
    const { token, expiresAt } = answer.body
    const link = `${placeOf(given).url.replace(/\/$/, '')}/portal#link=${token}`
    tell(given, { link, schoolId, expiresAt }, `${link}\n\nIt works once, until ${expiresAt}.`)
  })
