import { Command } from 'commander'
import * as z from 'zod'
import type { RecordKind } from '#shared/contract/catalog/records.ts'
import { connect, type Settings } from '../connect.ts'
import { examples } from '../examples.ts'
import { readJson } from '../given.ts'
import { stop } from '../stop.ts'
import { tell } from '../tell.ts'
import { inputOf, readRecord, writeRecord } from './record.ts'

const given = z.looseObject({ id: z.string().optional(), version: z.int().optional() })

export function putRecord(kind: RecordKind, one: string): Command {
  return new Command('put')
    .description(
      `Write a ${one}, new or in place of the old. Where it has changed since the version in the file, or else since this ` +
        'command looked, nothing is written.',
    )
    .argument('<id>')
    .argument('<file>', 'JSON as get prints it, or - for standard input')
    .option('--if-match <version>', 'the version that it is to replace: a number, 0 for none, * for any')
    .addHelpText(
      ...examples(`${kind} put my-${one} my-${one}.json`, `${kind} put my-${one} - --if-match 3 < my-${one}.json`),
    )
    .action(async (id: string, file: string, { ifMatch }: { ifMatch?: string }, command: Command) => {
      const settings: Settings = command.optsWithGlobals()
      if (ifMatch !== undefined && !/^(\*|\d{1,12})$/.test(ifMatch))
        stop({ title: `--if-match is neither a version nor *: ${ifMatch}`, ends: 'usage' })
      const parsed = given.safeParse(await readJson(file))
      if (!parsed.success) return stop({ title: `${file} does not hold a ${one}.`, ends: 'usage' })
      const { data } = parsed
      if (data.id !== undefined && data.id !== id)
        stop({ title: `${file} holds the ${one} "${data.id}", and "${id}" was to be written.`, ends: 'usage' })
      const call = connect(settings)
      const stands = async () => (await readRecord(call, kind, id))?.version ?? 0
      const seen = ifMatch ?? String(data.version ?? (await stands()))
      const written = await writeRecord(call, kind, { id, body: inputOf(data), seen })
      tell(settings, written, `${id} is written, version ${written.version}.${secretOf(written.secret)}`)
    })
}

function secretOf(secret: unknown): string {
  return secret === undefined ? '' : `\n\n${secret}\n\nsigns its webhooks, and is not shown again.`
}
