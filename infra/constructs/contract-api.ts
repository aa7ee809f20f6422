import { Duration, Fn } from 'aws-cdk-lib'
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway'
import {
  CorsHttpMethod,
  type CorsPreflightOptions,
  HttpApi,
  HttpMethod,
  HttpStage,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2'
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations'
import type { IFunction } from 'aws-cdk-lib/aws-lambda'
import { LogGroup } from 'aws-cdk-lib/aws-logs'
import { Construct } from 'constructs'
import { type AlarmTopic, ServiceAlarm } from '#infra/constructs/service-alarm.ts'
import { listApiRoutes } from '#infra/list-api-routes.ts'
import type { DeploymentStage } from '#infra/stage.ts'
import { cors } from '#shared/contract/cors.ts'
import { type Folder, fallbackFolder, folders } from '#shared/contract/routes.ts'

type Props = {
  stage: DeploymentStage
  alarmTopic: AlarmTopic
  functions: { [F in Folder]: IFunction }
  whenItFails: string
}

/** Sends every route of the contract to the Lambda of its folder, and other requests to the fallback folder. */
export class ContractApi extends Construct {
  readonly url: string
  readonly domain: string
  readonly endpoint: string

  constructor(scope: Construct, id: string, { stage, alarmTopic, functions, whenItFails }: Props) {
    super(scope, id)
    const api = new HttpApi(this, 'Http', {
      apiName: `prospectus-${stage.name}`,
      corsPreflight,
      createDefaultStage: false,
      defaultIntegration: new HttpLambdaIntegration('fallback', functions[fallbackFolder]),
    })
    for (const folder of folders) {
      // One permission per Lambda, because one per route would exceed the 20 kB limit of its policy.
      const integration = new HttpLambdaIntegration(folder, functions[folder], { scopePermissionToRoute: false })
      for (const { path, methods } of listApiRoutes(folder))
        api.addRoutes({ path, methods: methods.map((method) => HttpMethod[method]), integration })
    }

    const log = new LogGroup(this, 'AccessLog', { retention: stage.logRetention, removalPolicy: stage.removal })
    const apiStage = new HttpStage(this, 'Entrance', {
      httpApi: api,
      autoDeploy: true,
      throttle: { rateLimit: stage.requestsPerSecond, burstLimit: stage.burst },
      accessLogSettings: { destination: new LogGroupLogDestination(log), format: accessLogFormat },
    })
    new ServiceAlarm(this, 'ServerErrors', {
      metric: apiStage.metricServerError({ period: Duration.minutes(5), statistic: 'Sum' }),
      threshold: 5,
      whenItFails,
      alarmTopic,
    })
    this.url = apiStage.url
    this.endpoint = api.apiEndpoint
    this.domain = Fn.parseDomainName(api.apiEndpoint)
  }
}

const corsPreflight: CorsPreflightOptions = {
  allowOrigins: [...cors.origins],
  allowMethods: cors.methods.map((method) => CorsHttpMethod[method]),
  allowHeaders: [...cors.requestHeaders],
  exposeHeaders: [...cors.responseHeaders],
  maxAge: Duration.seconds(cors.maxAgeSeconds),
}

// The route pattern instead of the path, and no address, user agent or query: no personal data.
const accessLogFormat = AccessLogFormat.custom(
  JSON.stringify({
    requestId: '$context.requestId',
    at: '$context.requestTimeEpoch',
    route: '$context.routeKey',
    method: '$context.httpMethod',
    status: '$context.status',
    bytes: '$context.responseLength',
    milliseconds: '$context.responseLatency',
    lambdaMilliseconds: '$context.integrationLatency',
    lambdaStatus: '$context.integrationStatus',
    error: '$context.error.message',
  }),
)
