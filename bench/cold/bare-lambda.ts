import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb'

const client = DynamoDBDocumentClient.from(new DynamoDBClient())

/** The least that a Lambda on DynamoDB does: one read with the client of the SDK. The others are measured against it. */
export async function handler() {
  const { Item } = await client.send(
    new GetCommand({ TableName: 'catalog', Key: { pk: 'PAGE#health-record-technician', sk: 'CAREER' } }),
  )
  return { statusCode: Item ? 200 : 404 }
}
