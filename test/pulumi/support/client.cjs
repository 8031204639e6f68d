// A resource of a program that works with an S3 pair, as an application does that is updated after what it depends on:
// until then it goes on with the pair that it has.
const pulumi = require("@pulumi/pulumi");

// Taken apart and put together again by Pulumi, so what it needs it requires itself.
const provider = {
  async create(inputs) {
    const { status } = require(inputs.module);
    return { id: "client", outs: { ...inputs, withNew: await status(inputs) } };
  },
  /** The status of a request signed with the pair so far, before this update has reached the client, and of one with the new pair. */
  async update(_id, olds, news) {
    const { status } = require(news.module);
    return { outs: { ...news, withOld: await status(olds), withNew: await status(news) } };
  },
};

exports.Client = class extends pulumi.dynamic.Resource {
  constructor(name, args, options) {
    super(
      provider,
      name,
      { ...args, module: __filename, withOld: undefined, withNew: undefined },
      { ...options, additionalSecretOutputs: ["pair"] },
    );
  }
};

exports.status = async ({ endpoint, pair }) => {
  const request = { host: new URL(endpoint).host, path: "/", service: "s3", region: "us-east-1" };
  const credentials = { accessKeyId: pair.accessKey, secretAccessKey: pair.secretKey };
  const { Host: _, ...headers } = require("aws4").sign(request, credentials).headers;
  return (await fetch(endpoint, { headers })).status;
};
