import "reflect-metadata";
import { Module } from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
import { LinqController } from "./linq.controller.js";

@Module({ controllers: [LinqController] })
class AppModule {}

async function bootstrap(): Promise<void> {
  const app = await NestFactory.create(AppModule, { rawBody: true });
  await app.listen(0, "127.0.0.1");
  console.log(await app.getUrl());
}

void bootstrap();
