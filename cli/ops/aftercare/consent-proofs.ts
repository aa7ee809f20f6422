import { writeFile } from 'node:fs/promises'
import { Command } from 'commander'
import type * as z from 'zod'
import { findConsentProofs } from '#shared/contract/aftercare/consent-proofs.ts'
import { toOneLine } from '#shared/format/to-one-line.ts'
import { connect, type GlobalOptions } from '../connect.ts'
import { formatExamples } from '../format-examples.ts'
import { readValueOrStdin } from '../parse-options.ts'
import { printResult } from '../print-result.ts'
import { stop } from '../stop.ts'
import { renderRecordPage } from './render-record-page.ts'

type ProofsResponse = z.output<(typeof findConsentProofs.responses)[200]['body']>
type FindOptions = GlobalOptions & { email?: string; phone?: string; purpose: string; page?: string }

const find = new Command('find')
  .description(
    'Find the proofs of consent of a person, also after the person was deleted. The call is recorded. The value - is read from standard input.',
  )
  .option('--email <address>')
  .option('--phone <number>')
  .requiredOption('--purpose <text>', 'why you need it')
  .option('--page <file>', 'also write a page to print')
  .addHelpText(...formatExamples("consent-proofs find --phone - --purpose 'Claim 114' --page proof.html"))
  .action(async (_: object, command: Command) => {
    const options: FindOptions = command.optsWithGlobals()
    const { email, phone, purpose, page } = options
    if (email === undefined && phone === undefined) stop({ title: 'Pass --email or --phone.', ends: 'usage' })
    const body = {
      ...(email !== undefined && { email: await readValueOrStdin(email) }),
      ...(phone !== undefined && { phone: await readValueOrStdin(phone) }),
      purpose,
    }
    const response = await connect(options)(findConsentProofs, { body })
    if (response.status !== 200) stop(response.problem)
    if (page !== undefined) await writeFile(page, renderRecordPage('Proof of consent', response.body), { mode: 0o600 })
    printResult(options, response.body, formatProofs(response.body))
  })

export const consentProofs = new Command('consent-proofs')
  .description('Find and print proofs of consent.')
  .addCommand(find)

function formatProofs({ proofs, removed }: ProofsResponse): string {
  const removedLines = removed.map((leadId) => `${leadId}  The proof was removed from the database.`)
  if (proofs.length === 0 && removed.length === 0) return 'No proof of consent was found.'
  return [...proofs.map(formatProof), ...removedLines].join('\n')
}

function formatProof({ leadId, consent, person, integrity, keptUntil, missing }: ProofsResponse['proofs'][number]) {
  const name = person ? toOneLine(`${person.firstName} ${person.lastName}, ${person.phone}`) : 'person not stored'
  const gaps = missing.length > 0 ? `, missing: ${missing.join('; ')}` : ''
  return `${leadId}  ${consent.grantedAt}  ${name}  ${consent.schoolIds.join(', ')}  ${integrity}, kept until ${keptUntil}${gaps}`
}
