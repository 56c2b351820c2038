const PACKED =
  /\.(7z|avif|bz2|docx|gif|gz|heic|jpe?g|m4[av]|mov|mp[34]|odt|ods|og[agv]|png|pptx|rar|web[mp]|xlsx|xz|zip)$/i;

/** Whether packing a file once more would only cost time. */
export function isPacked(name: string): boolean {
  return PACKED.test(name);
}
