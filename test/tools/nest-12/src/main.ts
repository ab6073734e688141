import "reflect-metadata";
import { Module } from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
import { FastifyAdapter } from "@nestjs/platform-fastify";
import { LinqController } from "./linq.controller.js";

@Module({ controllers: [LinqController] })
class AppModule {}

const app = await NestFactory.create(AppModule, new FastifyAdapter(), { rawBody: true });
await app.listen(0, "127.0.0.1");
console.log(await app.getUrl());
