/**
 * The properties of each resource type of the stacks whose change makes CloudFormation replace the resource. A test compares the
 * list with the specification of AWS that the CDK CLI contains.
 */
export const replacingProperties: { readonly [type: string]: readonly string[] } = {
  'AWS::ApiGatewayV2::Api': ['ProtocolType'],
  'AWS::ApiGatewayV2::Integration': ['ApiId'],
  'AWS::ApiGatewayV2::Route': ['ApiId'],
  'AWS::ApiGatewayV2::Stage': ['ApiId', 'StageName'],
  'AWS::CloudFront::CachePolicy': [],
  'AWS::CloudFront::Distribution': [],
  'AWS::CloudFront::OriginAccessControl': [],
  'AWS::CloudFront::OriginRequestPolicy': [],
  'AWS::CloudFront::ResponseHeadersPolicy': [],
  'AWS::CloudWatch::Alarm': ['AlarmName'],
  'AWS::CloudWatch::Dashboard': ['DashboardName'],
  'AWS::DynamoDB::Table': ['ImportSourceSpecification', 'KeySchema', 'TableName'],
  'AWS::Events::Rule': ['EventBusName', 'Name'],
  'AWS::IAM::Policy': [],
  'AWS::IAM::Role': ['Path', 'RoleName'],
  'AWS::KMS::Key': [],
  'AWS::Lambda::EventInvokeConfig': ['FunctionName', 'Qualifier'],
  'AWS::Lambda::EventSourceMapping': [
    'AmazonManagedKafkaEventSourceConfig',
    'EventSourceArn',
    'SelfManagedEventSource',
    'SelfManagedKafkaEventSourceConfig',
    'StartingPosition',
    'StartingPositionTimestamp',
  ],
  'AWS::Lambda::Function': ['FunctionName', 'PackageType', 'TenancyConfig'],
  'AWS::Lambda::LayerVersion': [
    'CompatibleArchitectures',
    'CompatibleRuntimes',
    'Content',
    'Description',
    'LayerName',
    'LicenseInfo',
  ],
  'AWS::Lambda::Permission': [
    'Action',
    'EventSourceToken',
    'FunctionName',
    'FunctionUrlAuthType',
    'InvokedViaFunctionUrl',
    'Principal',
    'PrincipalOrgID',
    'SourceAccount',
    'SourceArn',
  ],
  'AWS::Logs::Delivery': ['DeliveryDestinationArn', 'DeliverySourceName'],
  'AWS::Logs::DeliveryDestination': ['DeliveryDestinationType', 'DestinationResourceArn', 'Name', 'OutputFormat'],
  'AWS::Logs::DeliverySource': ['Name'],
  'AWS::Logs::LogGroup': ['LogGroupName'],
  'AWS::S3::Bucket': ['BucketName', 'BucketNamePrefix', 'BucketNamespace', 'ObjectLockEnabled'],
  'AWS::S3::BucketPolicy': ['Bucket'],
  'AWS::SES::ConfigurationSet': ['Name'],
  'AWS::SES::ConfigurationSetEventDestination': ['ConfigurationSetName'],
  'AWS::SNS::Subscription': ['Endpoint', 'Protocol', 'TopicArn'],
  'AWS::SNS::Topic': ['FifoTopic', 'TopicName'],
  'AWS::SNS::TopicPolicy': [],
  'AWS::SQS::Queue': ['FifoQueue', 'QueueName'],
  'AWS::SQS::QueuePolicy': [],
  'AWS::SecretsManager::Secret': ['Name'],
  'AWS::WAFv2::WebACL': ['Name', 'Scope'],
}

/**
 * Resources whose content cannot be made again, with properties that CloudFormation changes in place although their content is lost
 * by it, or that it refuses to change.
 */
export const statefulTypes: { readonly [type: string]: { what: string; losingProperties: readonly string[] } } = {
  'AWS::DynamoDB::Table': { what: 'table', losingProperties: [] },
  // Without the key, the rows that it encrypts cannot be read.
  'AWS::KMS::Key': { what: 'encryption key', losingProperties: ['KeySpec', 'KeyUsage', 'MultiRegion', 'Origin'] },
  // CloudFormation makes a new value if the way in which it is made changes.
  'AWS::SecretsManager::Secret': { what: 'secret', losingProperties: ['GenerateSecretString', 'SecretString'] },
}
