/** A service of AWS that runs a workload under a reader's role. */
export const ReaderService = {
  /**
   * Amazon ECS: the reader's role is a task definition's execution role, by which ECS reads what `secrets` of a
   * container refers to.
   */
  EcsTasks: "ecs-tasks",
  /** AWS Lambda: the reader's role is a function's execution role, and its code reads the secrets when it runs. */
  Lambda: "lambda",
} as const;
export type ReaderService = (typeof ReaderService)[keyof typeof ReaderService];

/** Who reads a binding's secrets in place of pods of the workspace's cluster. Exactly one is set. */
export interface BindingReaderArgs {
  /**
   * AWS: the ARN of an existing role of the workspace's account that takes the reader's role, for example that of an
   * EC2 instance, an ECS task or a machine with IAM Roles Anywhere. It must exist before the binding is made, and none
   * of the roles that a workspace makes is taken.
   */
  roleArn?: string;
  /**
   * AWS: the service whose tasks or functions have the reader's role itself. What they need beside the bound secrets
   * (images, logs) is attached to that role by you.
   */
  service?: ReaderService;
  /**
   * Google Cloud: the email of an existing service account that reads the bound secrets, for example that of a Cloud Run
   * service.
   */
  serviceAccountEmail?: string;
}

/** Whether the cloud reads the secrets when it starts the workload, so that it can be told which version. */
export function isReadFor(reader: BindingReaderArgs | undefined): boolean {
  return reader?.service === ReaderService.EcsTasks || reader?.serviceAccountEmail !== undefined;
}
