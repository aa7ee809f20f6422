import { StageFileError, stageSettingNames } from '#infra/stage-file.ts'

/** Settings that may be given as `-c name=value`; the others are only in the file. */
const overridable = ['mailFrom', 'retentionDays', 'edge', 'domainName', 'certificateArn', 'edgeEdition']
/** Context that is not a setting: of the CDK and its CLI, which has `:` or `/` in its names. */
const otherContext = /[:/]|^cli-telemetry$/

/**
 * Which stage `-c` names, and the settings that it overrides. `stageFolder` is the folder of the stage files, if it is not `stages`.
 * @throws StageFileError for a name that is not a setting, because the CDK would ignore it
 */
export function readContextOverrides(context: { readonly [name: string]: unknown }) {
  const { stage, stageFolder, ...rest } = context
  const options = Object.entries(rest).filter(([name, value]) => !otherContext.test(name) && value !== undefined)
  for (const [name] of options) {
    if (overridable.includes(name)) continue
    throw new StageFileError(
      stageSettingNames.includes(name)
        ? `-c ${name}=...: ${name} is set in the stage file only.`
        : `-c ${name}=...: there is no such setting. With -c you can set ${overridable.join(', ')}.`,
    )
  }
  return {
    name: stage === undefined ? 'dev' : String(stage),
    folder: stageFolder === undefined ? undefined : String(stageFolder),
    overrides: Object.fromEntries(options.map(([name, value]) => [name, parseValue(name, String(value))])),
  }
}

// On the command line every value is text.
function parseValue(name: string, value: string): unknown {
  return name === 'retentionDays' && /^\d+$/.test(value) ? Number(value) : value
}
