import rows from "../../fixtures/cloudtrail/events.json";
import identities from "../../fixtures/cloudtrail/identities.json";
import { accountId } from "../../support/fixtures";

/** A call, and the kinds of alert that it raises. */
interface Row {
  case: string;
  who: string;
  /** Service and action. */
  call: string;
  requestParameters?: object | null;
  errorCode?: string;
  errorMessage?: string;
  sourceIPAddress?: string;
  additionalEventData?: object;
  region?: string;
  source?: string;
  "detail-type"?: string;
  alerts: string[];
}

export interface CloudTrailEvent {
  name: string;
  region: string;
  alerts: string[];
  event: object;
}

/** The table's calls as EventBridge delivers them: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html */
export const events: CloudTrailEvent[] = (rows as Row[]).map((row, index) => {
  const { region = "us-east-1" } = row;
  return { name: row.case, region, alerts: row.alerts, event: delivered(row, region, String(index).padStart(12, "0")) };
});

function delivered(row: Row, region: string, id: string): object {
  const [service, action] = row.call.split(" ") as [string, string];
  const isServiceEvent = row["detail-type"] === "AWS Service Event via CloudTrail";
  const { errorCode, errorMessage, additionalEventData } = row;
  return {
    version: "0",
    id: `00000000-0000-0000-0000-${id}`,
    "detail-type": row["detail-type"] ?? "AWS API Call via CloudTrail",
    source: row.source ?? `aws.${service}`,
    account: accountId,
    time: "2026-11-25T08:15:00Z",
    region,
    resources: [],
    detail: {
      eventVersion: "1.11",
      userIdentity: identities[row.who as keyof typeof identities],
      eventTime: "2026-11-25T08:15:00Z",
      eventSource: `${service}.amazonaws.com`,
      eventName: action,
      awsRegion: region,
      sourceIPAddress: row.sourceIPAddress ?? "198.51.100.7",
      userAgent: "aws-cli/2.31.0",
      ...(errorCode === undefined ? {} : { errorCode, errorMessage }),
      requestParameters: row.requestParameters ?? null,
      responseElements: null,
      ...(additionalEventData === undefined ? {} : { additionalEventData }),
      requestID: `00000000-0000-0000-0001-${id}`,
      eventID: `00000000-0000-0000-0002-${id}`,
      readOnly: /^(Get|List|Describe|BatchGet|Decrypt)/.test(action),
      eventType: isServiceEvent ? "AwsServiceEvent" : "AwsApiCall",
      managementEvent: true,
      recipientAccountId: accountId,
      eventCategory: "Management",
    },
  };
}
