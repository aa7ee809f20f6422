import { listStageNames, StageFileError, stageFolder } from '#infra/stage-file.ts'

export type DeployArguments = {
  stage: string
  /** What `-c name=value` sets besides the stage. */
  context: { [name: string]: string }
  /** Options of `cdk deploy`, as they were given. */
  cdkOptions: string[]
  /** Whether a person is asked before anything is deployed. */
  asks: boolean
}

/**
 * Parses `dev`, or `-c stage=dev` as the CDK takes it, and the options of `cdk deploy`.
 * @throws StageFileError if no stage is named
 */
export function parseDeployArguments(
  argv: readonly string[],
  command: 'deploy' | 'destroy' = 'deploy',
): DeployArguments {
  const context: { [name: string]: string } = {}
  const cdkOptions: string[] = []
  const [first] = argv
  const hasName = first !== undefined && !first.startsWith('-')
  const options = hasName ? argv.slice(1) : argv
  for (let index = 0; index < options.length; index++) {
    const option = options[index] ?? ''
    const attached = /^(?:-c|--context)=(?<setting>.+)$/.exec(option)?.groups?.setting
    const setting = attached ?? (option === '-c' || option === '--context' ? options[++index] : undefined)
    if (setting === undefined) cdkOptions.push(option)
    else {
      const [name = '', ...value] = setting.split('=')
      context[name] = value.join('=')
    }
  }
  const { stage = hasName ? first : undefined, ...others } = context
  if (stage === undefined || (hasName && stage !== first))
    throw new StageFileError(
      `Name one stage, as in: npm run ${command} -- dev. The stages are ${listStageNames(stageFolder).join(' and ')}.`,
    )
  const passedOptions = cdkOptions.filter((option) => option !== '--yes' && option !== '--all')
  // Without a terminal, the CDK refuses what it wants to ask.
  const approval = command === 'deploy' ? ['--require-approval', 'never'] : ['--force']
  const hasApproval = passedOptions.join('=').includes(approval.join('='))
  const isUnattended = hasApproval || cdkOptions.includes('--yes')
  return {
    stage,
    context: others,
    cdkOptions: [...passedOptions, ...(isUnattended && !hasApproval ? approval : [])],
    asks: !isUnattended,
  }
}
