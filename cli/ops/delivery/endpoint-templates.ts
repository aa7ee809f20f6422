import { Command } from 'commander'
import { fillEndpointTemplate, listEndpointTemplates } from '#shared/contract/delivery/endpoint-templates.ts'
import { templateId } from '#shared/domain/delivery/templates/endpoint-template.ts'
import { connect, type GlobalOptions } from '../connect.ts'
import { formatExamples } from '../format-examples.ts'
import { readValueOrStdin } from '../parse-options.ts'
import { printResult } from '../print-result.ts'
import { stop } from '../stop.ts'

const list = new Command('list')
  .description('List the systems that an endpoint can be made for, what each asks for, and its notes.')
  .addHelpText(...formatExamples('endpoint-templates list', 'endpoint-templates list --json'))
  .action(async (_: object, command: Command) => {
    const options: GlobalOptions = command.optsWithGlobals()
    const response = await connect(options)(listEndpointTemplates, {})
    if (response.status !== 200) return stop(response.problem)
    const { templates } = response.body
    const text = templates
      .map(({ templateId: id, name, inputs, notes }) =>
        [
          `${id}: ${name}`,
          ...inputs.map((input) => `  ${input.name}: ${input.label}. ${input.help} Such as ${input.example}`),
          ...notes.map((note) => `  - ${note}`),
        ].join('\n'),
      )
      .join('\n\n')
    printResult(options, { templates }, text)
  })

const fill = new Command('fill')
  .description('Print the endpoint for one school as JSON, for `endpoint` of a campaign. It contains the secrets.')
  .argument('<template>', 'ID from endpoint-templates list')
  .option('--value <name=value...>', 'inputs of the template; name=- reads the value from standard input')
  .addHelpText(
    ...formatExamples(
      'endpoint-templates fill leadconduit --value flowId=5462c7eb76fefd217d333552 sourceId=5462c7fb745fb567baf2e093',
      'endpoint-templates fill hubspot-contact --value token=-',
    ),
  )
  .action(async (id: string, { value = [] }: { value?: string[] }, command: Command) => {
    const options: GlobalOptions = command.optsWithGlobals()
    const template = templateId.safeParse(id)
    if (!template.success)
      return stop({ title: `The template must be one of ${templateId.options.join(', ')}, not ${id}.`, ends: 'usage' })
    const values = Object.fromEntries(await Promise.all(value.map(parseValue)))
    const response = await connect(options)(fillEndpointTemplate, { body: { templateId: template.data, values } })
    if (response.status !== 200) return stop(response.problem)
    printResult(options, response.body, JSON.stringify(response.body.endpoint, undefined, 2))
  })

export const endpointTemplates = new Command('endpoint-templates')
  .description('Make the endpoint of a campaign for a system that the school uses.')
  .addCommand(list)
  .addCommand(fill)

async function parseValue(pair: string): Promise<[name: string, value: string]> {
  const at = pair.indexOf('=')
  if (at < 1) return stop({ title: `--value must be name=value, not ${pair}.`, ends: 'usage' })
  return [pair.slice(0, at), await readValueOrStdin(pair.slice(at + 1))]
}
