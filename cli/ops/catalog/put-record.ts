import { Command } from 'commander'
import * as z from 'zod'
import type { RecordKind } from '#shared/contract/catalog/records.ts'
import { connect, type GlobalOptions } from '../connect.ts'
import { formatExamples } from '../format-examples.ts'
import { readJson } from '../parse-options.ts'
import { printResult } from '../print-result.ts'
import { stop } from '../stop.ts'
import { readRecord, toRecordInput, writeRecord } from './record.ts'

const recordFileSchema = z.looseObject({ id: z.string().optional(), version: z.int().optional() })

export function putRecord(kind: RecordKind, noun: string): Command {
  return new Command('put')
    .description(
      `Create or replace a ${noun}. Nothing is written if it has changed since the version in the file, or, without a version, ` +
        'since this command read it.',
    )
    .argument('<id>')
    .argument('<file>', 'JSON as get prints it, or - for standard input')
    .option('--if-match <version>', 'version to replace: a number, 0 if it must not exist, * for any')
    .addHelpText(
      ...formatExamples(
        `${kind} put my-${noun} my-${noun}.json`,
        `${kind} put my-${noun} - --if-match 3 < my-${noun}.json`,
      ),
    )
    .action(async (id: string, file: string, { ifMatch }: { ifMatch?: string }, command: Command) => {
      const settings: GlobalOptions = command.optsWithGlobals()
      if (ifMatch !== undefined && !/^(\*|\d{1,12})$/.test(ifMatch))
        stop({ title: `--if-match must be a version number or *, not ${ifMatch}.`, ends: 'usage' })
      const parsed = recordFileSchema.safeParse(await readJson(file))
      if (!parsed.success) return stop({ title: `${file} does not contain a ${noun}.`, ends: 'usage' })
      const { data } = parsed
      if (data.id !== undefined && data.id !== id)
        stop({ title: `${file} contains the ${noun} "${data.id}", not "${id}".`, ends: 'usage' })
      const call = connect(settings)
      const readCurrentVersion = async () => (await readRecord(call, kind, id))?.version ?? 0
      const expectedVersion = ifMatch ?? String(data.version ?? (await readCurrentVersion()))
      const savedRecord = await writeRecord(call, kind, { id, body: toRecordInput(data), expectedVersion })
      printResult(
        settings,
        savedRecord,
        `Saved ${id}, version ${savedRecord.version}.${formatSecret(savedRecord.secret)}`,
      )
    })
}

function formatSecret(secret: unknown): string {
  return secret === undefined
    ? ''
    : `\n\n${secret}\n\nis the secret that signs its webhooks. Copy it now; it is not shown again.`
}
