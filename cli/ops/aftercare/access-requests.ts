import { writeFile } from 'node:fs/promises'
import { Command } from 'commander'
import { answerAccessRequest } from '#shared/contract/aftercare/access-requests.ts'
import { connect, type GlobalOptions } from '../connect.ts'
import { formatExamples } from '../format-examples.ts'
import { readValueOrStdin } from '../parse-options.ts'
import { printResult } from '../print-result.ts'
import { stop } from '../stop.ts'
import { renderRecordPage } from './render-record-page.ts'

type CreateOptions = GlobalOptions & { email?: string; phone?: string; purpose: string; out?: string; page?: string }

const create = new Command('create')
  .description(
    'Print everything that is stored about a person. The call is recorded. The value - is read from standard input.',
  )
  .option('--email <address>')
  .option('--phone <number>')
  .requiredOption('--purpose <text>', 'why you need it')
  .option('--out <file>', 'write the answer as JSON to a file, readable only by you')
  .option('--page <file>', 'also write a page to print, readable only by you')
  .addHelpText(
    ...formatExamples(
      "access-requests create --email - --purpose 'Request 31, identity checked' --out answer.json --page answer.html",
    ),
  )
  .action(async (_: object, command: Command) => {
    const options: CreateOptions = command.optsWithGlobals()
    const { email, phone, purpose, out, page } = options
    if (email === undefined && phone === undefined) stop({ title: 'Pass --email or --phone.', ends: 'usage' })
    const body = {
      ...(email !== undefined && { email: await readValueOrStdin(email) }),
      ...(phone !== undefined && { phone: await readValueOrStdin(phone) }),
      purpose,
    }
    const response = await connect(options)(answerAccessRequest, { body })
    if (response.status !== 200) stop(response.problem)
    const { records, proofs, answeredAt } = response.body
    if (page !== undefined) await writeFile(page, renderRecordPage('Access request', response.body), { mode: 0o600 })
    if (out === undefined) return printResult(options, response.body, JSON.stringify(response.body, null, 2))
    await writeFile(out, `${JSON.stringify(response.body, null, 2)}\n`, { mode: 0o600 })
    const counts = { file: out, answeredAt, records: records.length, proofs: proofs.length }
    printResult(
      options,
      counts,
      `Wrote the answer to ${out}. Records: ${records.length}. Proofs of consent: ${proofs.length}.`,
    )
  })

export const accessRequests = new Command('access-requests')
  .description('Answer a person who asks what is stored about them.')
  .addCommand(create)
