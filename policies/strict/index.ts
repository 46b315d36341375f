import { PolicyPack } from "@pulumi/policy";
import { policies } from "../presets";

new PolicyPack("vantedge-secrets-strict", { policies: policies("strict") });
