import { join } from 'node:path'
import { Duration } from 'aws-cdk-lib'
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { Architecture, LoggingFormat, Runtime, SystemLogLevel, Tracing } from 'aws-cdk-lib/aws-lambda'
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs'
import { LogGroup } from 'aws-cdk-lib/aws-logs'
import type { Construct } from 'constructs'
import { bundlingOf } from '#infra/constructs/bundling-of.ts'
import { grantRights, type ServiceResources } from '#infra/constructs/grant-rights.ts'
import { type AlarmTopic, ServiceAlarm } from '#infra/constructs/service-alarm.ts'
import { rights } from '#infra/rights.ts'
import type { DeploymentStage } from '#infra/stage.ts'
import { environments, type LambdaName, type VariableName } from '#shared/platform/environments.ts'

/** A value for each variable that some Lambda reads; undefined leaves an optional one out. */
export type Variables = { [Name in VariableName]: string | undefined }
export type ServiceContext = {
  stage: DeploymentStage
  alarmTopic: AlarmTopic
  resources: ServiceResources
  variables: Variables
}
type Props = ServiceContext & {
  /** Its folder in `functions/`, and its key in the tables of environments and rights. */
  name: LambdaName
  timeoutSeconds: number
  memoryMegabytes?: number
  /** Reserved for this function, and its limit; absent: it shares the account's. */
  reservedConcurrency?: number | undefined
  whenItFails: string
}

/** One Lambda with its own role, rights, log and alarm, and the variables that its environment schema names. */
export class ServiceFunction extends NodejsFunction {
  constructor(scope: Construct, id: string, { name, stage, alarmTopic, resources, variables, ...props }: Props) {
    const logGroup = new LogGroup(scope, `${id}Log`, { retention: stage.logRetention, removalPolicy: stage.removal })
    const role = new Role(scope, `${id}Role`, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') })
    logGroup.grantWrite(role)

    super(scope, id, {
      description: `Prospectus ${stage.name}: ${name}`,
      entry: join(import.meta.dirname, '../../functions', name, 'lambda.ts'),
      handler: 'handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: props.memoryMegabytes ?? 512,
      timeout: Duration.seconds(props.timeoutSeconds),
      ...(props.reservedConcurrency !== undefined && { reservedConcurrentExecutions: props.reservedConcurrency }),
      environment: pickVariables(name, variables),
      awsSdkConnectionReuse: false,
      role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      // Each request has a line of ours; Lambda's own lines about it would double the log.
      systemLogLevelV2: SystemLogLevel.WARN,
      tracing: stage.tracing === 'on' ? Tracing.ACTIVE : Tracing.DISABLED,
      bundling: bundlingOf(name),
    })

    grantRights(this, rights[name], resources)
    new ServiceAlarm(this, 'Errors', {
      metric: this.metricErrors({ period: Duration.minutes(5) }),
      threshold: 1,
      whenItFails: props.whenItFails,
      alarmTopic,
    })
  }
}

function pickVariables(name: LambdaName, variables: { [variable: string]: string | undefined }) {
  const variableNames = Object.keys(environments.get(name)?.shape ?? {})
  return Object.fromEntries(
    variableNames.flatMap((variable) => {
      const value = variables[variable]
      return value === undefined ? [] : [[variable, value]]
    }),
  )
}
