// What happens with a directory that an administrator should learn of: one function per event, fulfilled by the program's
// own events. Values only, no texts, no secrets.

export interface DirectoryEvents {
  /** One domain controller could not be used; the next is tried. */
  domainControllerFailed(event: { readonly url: string; readonly failure: unknown }): void;
  /** An entry was left out of the full read because the service account may not read what has to be known of it. */
  accountUnreadable(event: { readonly distinguishedName: string; readonly missing: string }): void;
  /**
   * Whether people may change their password cannot be read here, so they are treated as if they may not. Told once.
   * Advice: let the service account read the permissions of the accounts.
   */
  permissionsUnreadable(event: { readonly distinguishedName: string }): void;
}

export const noDirectoryEvents: DirectoryEvents = {
  domainControllerFailed: () => undefined,
  accountUnreadable: () => undefined,
  permissionsUnreadable: () => undefined,
};
