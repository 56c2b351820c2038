/** Thrown when the deployment is not what it should be, or a program around it fails. The message is for a person. */
export class DeployError extends Error {
  override readonly name = 'DeployError';
}
