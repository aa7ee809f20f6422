import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, it } from 'vitest'
import * as z from 'zod'
import { program } from '#cli/ops/program.ts'
import { readSample, synthesize } from '#test/infra/synthesize.ts'

const root = join(import.meta.dirname, '../..')
const outputsSchema = z.object({ Outputs: z.record(z.string(), z.unknown()).default({}) })
let outputNames: string[]
beforeAll(() => {
  const { storage, service, edge } = synthesize(readSample('prod'))
  outputNames = [storage, service, edge].flatMap((stack) =>
    stack ? Object.keys(outputsSchema.parse(JSON.parse(stack.text)).Outputs) : [],
  )
})

/** The outputs that a text names, as `output Url`, `` output `Url` `` or `` outputs `A` and `B` ``. */
function findOutputNames(text: string): string[] {
  // Lines of one paragraph, but not the paragraphs.
  const words = text.replace(/(?<=\S)\n(?!\n) */g, ' ')
  return [
    ...words.matchAll(/\boutputs? `?(?<name>[A-Z]\w*)\b/g),
    ...words.matchAll(/<(?:output )?(?<name>(?:Catalog|Leads)Table|\w+Arn|Url|ApiUrl)>/g),
  ].map(({ groups }) => groups?.name ?? '')
}

const documents = ['README.md', ...readdirSync(join(root, 'docs')).map((file) => `docs/${file}`)].filter((file) =>
  file.endsWith('.md'),
)

it('names only outputs that the stacks have, in documents and in the help of commands', () => {
  const texts = [
    ...documents.map((file) => [file, readFileSync(join(root, file), 'utf8')] as const),
    ...program.commands.flatMap((command) =>
      [command, ...command.commands].map((one) => [`ops ${one.name()} --help`, one.helpInformation()] as const),
    ),
  ]
  const mentions = texts.flatMap(([place, text]) => findOutputNames(text).map((name) => ({ place, name })))
  const names = new Set(mentions.map(({ name }) => name))
  for (const name of ['Url', 'ApiUrl', 'CatalogTable', 'LeadsTable', 'SecretArn', 'EdgeSecretArn', 'AlarmTopicArn'])
    expect(names).toContain(name)
  expect(mentions.filter(({ name }) => !outputNames.includes(name))).toEqual([])
})

it('detects: an output that no stack has', () => {
  expect(findOutputNames('with the output `MissingArn` and --secret <OtherArn>')).toEqual(['MissingArn', 'OtherArn'])
})
